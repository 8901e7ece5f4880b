-- oldest-binary: 0.1.0
-- current_need makes a need current once, whoever races; by_need covers the summary.
CREATE TABLE IF NOT EXISTS demand_statement (
  id VARBINARY(63) NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.economy.v1.DemandState',
  company VARBINARY(80) NOT NULL,
  skill VARBINARY(80) NOT NULL,
  level VARBINARY(40) NOT NULL COMMENT 'empty: none stated',
  heads INT NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  state_code VARBINARY(2) NOT NULL,
  scian_class VARBINARY(6) NOT NULL,
  occupation_code VARBINARY(4) NOT NULL COMMENT 'empty: unknown',
  superseded_by VARBINARY(100) NOT NULL COMMENT 'empty unless superseded',
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  current_need BINARY(32) NULL COMMENT 'digest of the need while the statement counts',
  UNIQUE KEY current_need (current_need),
  KEY by_company (company, id),
  KEY by_need (record_kind, state, state_code, scian_class, skill, company, source, heads,
               start_date, end_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
