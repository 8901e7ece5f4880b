-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS teacher (
  organization VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  guard BIGINT NOT NULL DEFAULT 0 COMMENT 'written by what rests on this row, see docs/decisions/0026',
  state TINYINT NOT NULL COMMENT 'puente.education.v1.TeacherState',
  programs MEDIUMBLOB NULL COMMENT 'Teacher with programs alone',
  skills MEDIUMBLOB NULL COMMENT 'Teacher with skills alone',
  leave_time DATETIME(6) NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (organization, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
