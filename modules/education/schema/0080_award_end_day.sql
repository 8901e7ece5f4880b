-- oldest-binary: 0.2.0
ALTER TABLE award ADD COLUMN end_day DATE NOT NULL DEFAULT '9999-12-31' COMMENT 'end_date; of what has none a day that does not come'
