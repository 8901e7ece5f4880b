-- oldest-binary: 0.2.0
ALTER TABLE decision ADD COLUMN state_codes MEDIUMBLOB NULL COMMENT 'Decision with state_codes alone; NULL for the whole country' AFTER end_date
