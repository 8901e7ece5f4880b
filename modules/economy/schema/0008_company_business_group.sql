-- oldest-binary: 0.2.0
ALTER TABLE company ADD COLUMN business_group VARBINARY(63) NOT NULL DEFAULT '' COMMENT 'empty for none'
