-- oldest-binary: 0.2.0
-- Consents say who acts for a company.
ALTER TABLE company DROP COLUMN chambers
