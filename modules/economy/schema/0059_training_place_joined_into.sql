-- oldest-binary: 0.2.0
ALTER TABLE training_place ADD COLUMN joined_into VARBINARY(160) NOT NULL DEFAULT '' COMMENT 'empty where it is joined under none'
