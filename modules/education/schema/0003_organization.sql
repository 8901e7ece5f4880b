-- oldest-binary: 0.1.0
CREATE TABLE IF NOT EXISTS organization (
  id VARBINARY(63) NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  legal_name VARCHAR(200) NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.education.v1.OrganizationState',
  kind TINYINT NOT NULL COMMENT 'puente.education.v1.OrganizationKind',
  control TINYINT NOT NULL COMMENT 'puente.education.v1.OrganizationControl',
  identifiers MEDIUMBLOB NULL COMMENT 'Organization with identifiers alone',
  state_code VARBINARY(2) NOT NULL,
  municipality VARCHAR(120) NOT NULL,
  state_reason VARCHAR(500) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  KEY by_state_code (state_code, id),
  KEY by_state (state, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
