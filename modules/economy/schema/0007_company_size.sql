-- oldest-binary: 0.2.0
ALTER TABLE company ADD COLUMN size TINYINT NOT NULL DEFAULT 0 COMMENT 'puente.economy.v1.CompanySize'
