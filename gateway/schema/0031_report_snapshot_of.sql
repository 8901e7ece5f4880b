-- oldest-binary: 0.2.0
ALTER TABLE report ADD COLUMN snapshot_of VARBINARY(71) NOT NULL DEFAULT '' COMMENT 'whose extracts it is made of; empty for its own'
