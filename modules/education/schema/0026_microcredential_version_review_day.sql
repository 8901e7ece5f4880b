-- oldest-binary: 0.2.0
-- review_date for a list in its order: what is not to be reviewed comes last.
ALTER TABLE microcredential_version ADD COLUMN review_day DATE NOT NULL DEFAULT '9999-12-31'
