-- oldest-binary: 0.2.0
ALTER TABLE report ADD COLUMN report_schedule VARBINARY(79) NOT NULL DEFAULT '' COMMENT 'reportSchedules/{report_schedule}'
