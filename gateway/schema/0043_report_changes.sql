-- oldest-binary: 0.2.0
ALTER TABLE report ADD COLUMN changes MEDIUMBLOB NULL COMMENT 'puente.gateway.v1.ReportChanges'
