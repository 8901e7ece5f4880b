-- oldest-binary: 0.2.0
ALTER TABLE report_definition ADD COLUMN replaced_codes MEDIUMBLOB NULL COMMENT 'ReportDefinition with replaced_codes alone; NULL for none'
