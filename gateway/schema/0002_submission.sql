-- oldest-binary: 0.2.0
-- by_state is the queue of all bodies, by_certifier_state that of one.
CREATE TABLE IF NOT EXISTS submission (
  certifier VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.gateway.v1.SubmissionState',
  organization VARBINARY(80) NOT NULL,
  microcredential_version VARBINARY(100) NOT NULL,
  note VARCHAR(2000) NOT NULL,
  due_date DATE NULL,
  reviewer VARBINARY(63) NOT NULL,
  assign_time DATETIME(6) NULL,
  state_reason VARCHAR(2000) NOT NULL,
  decide_time DATETIME(6) NULL,
  start_date DATE NULL COMMENT 'none: not certified',
  end_date DATE NULL,
  conditions VARCHAR(2000) NOT NULL,
  act VARBINARY(80) NOT NULL,
  certification VARBINARY(80) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (certifier, id),
  KEY by_organization (organization, certifier, id),
  KEY by_state (state, create_time, certifier, id),
  KEY by_certifier_state (certifier, state, create_time, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
