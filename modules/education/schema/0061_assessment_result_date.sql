-- oldest-binary: 0.2.0
ALTER TABLE assessment ADD COLUMN result_date DATE NULL COMMENT 'NULL without a result and where it was said before this column'
