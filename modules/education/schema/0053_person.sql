-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS person (
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.education.v1.PersonState',
  merged_into VARBINARY(80) NOT NULL,
  identifier_scheme TINYINT NOT NULL COMMENT 'puente.education.v1.PersonIdentifierScheme',
  sex TINYINT NOT NULL COMMENT 'puente.education.v1.Sex',
  birth_years VARBINARY(9) NOT NULL,
  state_code VARBINARY(2) NOT NULL,
  erase_time DATETIME(6) NULL COMMENT 'NULL while the keys are there',
  final_time DATETIME(6) NULL COMMENT 'NULL until no key of then is left',
  state_reason VARCHAR(500) NOT NULL,
  sealed VARBINARY(2000) NOT NULL COMMENT 'what is personal; empty once destroyed',
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  guard BIGINT NOT NULL DEFAULT 0 COMMENT 'written by what rests on this row, see docs/decisions/0026',
  PRIMARY KEY (id),
  KEY by_state (state, id),
  KEY by_merged_into (merged_into, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
