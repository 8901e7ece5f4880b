-- oldest-binary: 0.2.0
ALTER TABLE microcredential_version ADD COLUMN parts MEDIUMBLOB NULL COMMENT 'MicrocredentialVersion with parts alone'
