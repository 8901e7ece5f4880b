-- oldest-binary: 0.1.0
CREATE TABLE IF NOT EXISTS chamber (
  id VARBINARY(63) NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  label_es VARCHAR(200) NOT NULL,
  label_en VARCHAR(200) NOT NULL,
  state_code VARBINARY(2) NOT NULL COMMENT 'empty for the whole country',
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  KEY by_state (state_code, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
