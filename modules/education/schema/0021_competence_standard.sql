-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS competence_standard (
  id VARBINARY(63) NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  code VARBINARY(6) NOT NULL COMMENT 'EC0217',
  revision VARBINARY(2) NOT NULL COMMENT 'two digits',
  title_es VARCHAR(300) NOT NULL,
  title_en VARCHAR(300) NOT NULL,
  level TINYINT NOT NULL COMMENT '1 to 5',
  committee VARCHAR(200) NOT NULL,
  sector VARCHAR(200) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  KEY by_code (code, revision, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
