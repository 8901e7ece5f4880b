-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS finding (
  certifier VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.gateway.v1.FindingState',
  submission VARBINARY(160) NOT NULL,
  target VARBINARY(120) NOT NULL,
  kind TINYINT NOT NULL COMMENT 'puente.gateway.v1.FindingKind',
  text VARCHAR(2000) NOT NULL,
  organization VARBINARY(80) NOT NULL,
  answer VARCHAR(2000) NOT NULL,
  answer_time DATETIME(6) NULL,
  close_time DATETIME(6) NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (certifier, id),
  KEY by_submission (submission, certifier, id),
  KEY by_organization_state (organization, state, certifier, id),
  KEY by_age (organization, state, create_time, certifier, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
