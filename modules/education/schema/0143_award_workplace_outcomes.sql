-- oldest-binary: 0.2.0
ALTER TABLE award ADD COLUMN workplace_outcomes MEDIUMBLOB NULL COMMENT 'Award with workplace_outcomes alone'
