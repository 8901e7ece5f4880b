-- oldest-binary: 0.2.0
ALTER TABLE demand_statement ADD COLUMN confirm_time DATETIME(6) NULL
