-- oldest-binary: 0.2.0
-- What was there is in the register, and confirmed by nobody.
ALTER TABLE company ADD COLUMN state TINYINT NOT NULL DEFAULT 2 COMMENT 'puente.economy.v1.CompanyState'
