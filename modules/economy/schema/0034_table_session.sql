-- oldest-binary: 0.2.0
-- by_state is a table's calendar too, where it is within one.
CREATE TABLE IF NOT EXISTS table_session (
  sector_table VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  guard BIGINT NOT NULL DEFAULT 0,
  state TINYINT NOT NULL COMMENT 'puente.economy.v1.TableSessionState',
  title_es VARCHAR(200) NOT NULL,
  title_en VARCHAR(200) NOT NULL,
  session_date DATE NOT NULL,
  place VARCHAR(200) NOT NULL,
  participants MEDIUMBLOB NULL COMMENT 'TableSession with participants alone',
  minutes VARCHAR(12000) NOT NULL,
  cancel_reason VARCHAR(1000) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (sector_table, id),
  KEY by_state (state, session_date, sector_table, id),
  KEY by_state_within (sector_table, state, session_date, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
