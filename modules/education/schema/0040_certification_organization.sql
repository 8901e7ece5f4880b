-- oldest-binary: 0.2.0
ALTER TABLE certification ADD COLUMN organization VARBINARY(80) NOT NULL DEFAULT '' COMMENT 'of the version; empty for one of the ministry' AFTER submission
