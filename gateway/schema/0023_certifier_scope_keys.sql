-- oldest-binary: 0.2.0
ALTER TABLE certifier ADD COLUMN scope_keys MEDIUMBLOB NULL COMMENT 'Certifier with scope_keys alone; NULL for none' AFTER scopes
