-- oldest-binary: 0.2.0
ALTER TABLE company ADD COLUMN confirm_time DATETIME(6) NULL
