-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS school_response (
  school_call VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  organization VARBINARY(80) NOT NULL,
  can_do TINYINT NOT NULL COMMENT 'puente.economy.v1.CanDo',
  seats INT NOT NULL,
  start_date DATE NULL COMMENT 'none: not said',
  missing VARCHAR(2000) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (school_call, id),
  KEY by_organization (organization, school_call, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
