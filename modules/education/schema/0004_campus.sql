-- oldest-binary: 0.1.0
CREATE TABLE IF NOT EXISTS campus (
  organization VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  title_es VARCHAR(200) NOT NULL,
  cct VARBINARY(10) NOT NULL COMMENT 'empty where it has none',
  state_code VARBINARY(2) NOT NULL,
  municipality VARCHAR(120) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (organization, id),
  KEY by_state (state_code, organization, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
