-- oldest-binary: 0.2.0
ALTER TABLE microcredential_version ADD COLUMN prerequisites MEDIUMBLOB NULL COMMENT 'MicrocredentialVersion with prerequisites alone'
