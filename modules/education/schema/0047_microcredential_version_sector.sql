-- oldest-binary: 0.2.0
ALTER TABLE microcredential_version ADD COLUMN sector_table VARBINARY(80) NOT NULL DEFAULT '' COMMENT 'empty for one of all sectors'
