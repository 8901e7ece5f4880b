-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS school_call (
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  guard BIGINT NOT NULL DEFAULT 0,
  state TINYINT NOT NULL COMMENT 'puente.economy.v1.SchoolCallState',
  proposal VARBINARY(80) NOT NULL,
  text_es VARCHAR(2000) NOT NULL,
  text_en VARCHAR(2000) NOT NULL,
  state_codes MEDIUMBLOB NULL COMMENT 'SchoolCall with state_codes alone',
  end_date DATE NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY by_proposal (proposal, id),
  KEY by_state (state, end_date, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
