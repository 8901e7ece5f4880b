-- oldest-binary: 0.2.0
ALTER TABLE program_version ADD COLUMN causes MEDIUMBLOB NULL COMMENT 'ProgramVersion.causes'
