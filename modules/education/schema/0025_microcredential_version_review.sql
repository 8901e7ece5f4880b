-- oldest-binary: 0.2.0
ALTER TABLE microcredential_version ADD COLUMN review_date DATE NULL COMMENT 'NULL: no review is planned'
