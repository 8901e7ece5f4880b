-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS act (
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  kind VARBINARY(63) NOT NULL,
  subject VARBINARY(300) NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.gateway.v1.ActState',
  caller VARBINARY(120) NOT NULL,
  actor VARBINARY(63) NOT NULL,
  steps MEDIUMBLOB NOT NULL COMMENT 'Act with steps alone',
  refusal VARBINARY(100) NOT NULL,
  open_subject VARBINARY(364) NULL COMMENT 'kind and subject while it goes on; NULL once it is over',
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY by_state (state, id),
  UNIQUE KEY one_at_a_time (open_subject)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
