-- oldest-binary: 0.2.0
ALTER TABLE assessment ADD COLUMN evidence MEDIUMBLOB NULL COMMENT 'Assessment with evidence alone'
