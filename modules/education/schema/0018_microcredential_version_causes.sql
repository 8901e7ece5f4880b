-- oldest-binary: 0.2.0
ALTER TABLE microcredential_version ADD COLUMN causes MEDIUMBLOB NULL COMMENT 'MicrocredentialVersion.causes'
