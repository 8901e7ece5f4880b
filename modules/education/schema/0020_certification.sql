-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS certification (
  id VARBINARY(63) NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  microcredential_version VARBINARY(100) NOT NULL,
  certifier VARBINARY(80) NOT NULL,
  submission VARBINARY(160) NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.education.v1.CertificationState',
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  periods MEDIUMBLOB NULL COMMENT 'Certification with periods alone; NULL for none',
  conditions VARCHAR(2000) NOT NULL,
  state_date DATE NOT NULL,
  state_reason VARCHAR(500) NOT NULL,
  decision_time DATETIME(6) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  KEY by_version (microcredential_version, id),
  KEY by_certifier (certifier, id),
  KEY by_state (certifier, state, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
