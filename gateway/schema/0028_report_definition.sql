-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS report_definition (
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  definition_version INT NOT NULL,
  title_es VARCHAR(200) NOT NULL,
  title_en VARCHAR(200) NOT NULL,
  summary_es VARCHAR(1000) NOT NULL,
  summary_en VARCHAR(1000) NOT NULL,
  tables MEDIUMBLOB NOT NULL COMMENT 'ReportDefinition with tables alone',
  names MEDIUMBLOB NULL COMMENT 'ReportDefinition with names alone; NULL for none',
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
