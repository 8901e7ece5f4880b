-- oldest-binary: 0.2.0
-- Decisions have it. No body has decided before there were any: no gateway was deployed.
ALTER TABLE submission DROP COLUMN start_date
