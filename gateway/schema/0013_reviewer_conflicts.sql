-- oldest-binary: 0.2.0
ALTER TABLE certifier ADD COLUMN reviewer_conflicts MEDIUMBLOB NULL COMMENT 'Certifier with reviewer_conflicts alone; NULL for none' AFTER conflicts
