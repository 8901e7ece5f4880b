-- oldest-binary: 0.2.0
ALTER TABLE certification ADD COLUMN state_codes MEDIUMBLOB NULL COMMENT 'Certification with state_codes alone; NULL for the whole country' AFTER organization
