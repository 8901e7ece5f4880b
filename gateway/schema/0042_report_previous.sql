-- oldest-binary: 0.2.0
ALTER TABLE report ADD COLUMN previous VARBINARY(71) NOT NULL DEFAULT '' COMMENT 'reports/{report}'
