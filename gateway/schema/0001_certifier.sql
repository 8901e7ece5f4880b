-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS certifier (
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  guard BIGINT NOT NULL DEFAULT 0,
  label_es VARCHAR(200) NOT NULL,
  label_en VARCHAR(200) NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.gateway.v1.CertifierState',
  scopes MEDIUMBLOB NOT NULL COMMENT 'Certifier with scopes alone',
  conflicts MEDIUMBLOB NULL COMMENT 'Certifier with conflicts alone; NULL for none',
  contact VARCHAR(300) NOT NULL,
  review_days INT NOT NULL,
  teach_out_date DATE NULL COMMENT 'none: active',
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
