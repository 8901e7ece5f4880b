-- oldest-binary: 0.2.0
ALTER TABLE microcredential_version ADD COLUMN total_hours INT NOT NULL DEFAULT 0 COMMENT 'with those of all parts'
