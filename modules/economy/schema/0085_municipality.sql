-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS municipality (
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  state_code VARBINARY(2) NOT NULL,
  label_es VARCHAR(120) NOT NULL,
  latitude_microdegrees INT NOT NULL,
  longitude_microdegrees INT NOT NULL,
  folded VARBINARY(480) NOT NULL COMMENT 'label_es without capitals and accents',
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY by_name (state_code, folded, id),
  KEY by_state (state_code, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
