-- oldest-binary: 0.1.0
CREATE TABLE IF NOT EXISTS occupation (
  vocabulary_release VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  code VARBINARY(40) NOT NULL,
  label_es VARCHAR(200) NOT NULL COMMENT 'empty: the framework has none',
  label_en VARCHAR(200) NOT NULL COMMENT 'empty: the framework has none',
  description_es VARCHAR(2000) NOT NULL,
  description_en VARCHAR(2000) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (vocabulary_release, id),
  KEY by_code (code, vocabulary_release, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
