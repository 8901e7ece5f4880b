-- oldest-binary: 0.2.0
ALTER TABLE demand_statement ADD COLUMN confirmed_by VARBINARY(255) NOT NULL DEFAULT '' COMMENT 'path of a caller'
