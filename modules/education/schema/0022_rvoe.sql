-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS rvoe (
  organization VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  program VARBINARY(80) NOT NULL,
  campus VARBINARY(160) NOT NULL,
  authority VARCHAR(200) NOT NULL,
  number VARCHAR(60) NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.education.v1.RvoeState',
  start_date DATE NOT NULL,
  end_date DATE NULL COMMENT 'NULL: no end yet',
  state_codes BLOB NULL COMMENT 'Rvoe with state_codes alone',
  finish_by DATE NULL COMMENT 'NULL while it is active',
  state_reason VARCHAR(500) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (organization, id),
  KEY by_program (program, organization, id),
  KEY by_campus (campus, organization, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
