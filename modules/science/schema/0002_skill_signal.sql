-- oldest-binary: 0.1.0
-- by_sector and by_skill serve lists, by_horizon covers the summary.
CREATE TABLE IF NOT EXISTS skill_signal (
  id VARBINARY(63) NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  skill VARBINARY(80) NOT NULL,
  technology VARBINARY(80) NOT NULL,
  sector_table VARBINARY(80) NOT NULL,
  horizon_date DATE NOT NULL,
  confidence TINYINT NOT NULL COMMENT '1 to 100',
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  KEY by_sector (sector_table, horizon_date, id),
  KEY by_skill (skill, id),
  KEY by_horizon (record_kind, horizon_date, id, sector_table, skill, technology, source)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
