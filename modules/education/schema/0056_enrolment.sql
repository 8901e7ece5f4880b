-- oldest-binary: 0.2.0
-- at_once: nobody learns the same twice at one time.
CREATE TABLE IF NOT EXISTS enrolment (
  organization VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  learner VARBINARY(160) NOT NULL,
  microcredential_version VARBINARY(100) NOT NULL,
  program VARBINARY(80) NOT NULL COMMENT 'empty where it is learned by itself',
  campus VARBINARY(160) NOT NULL COMMENT 'empty where none is stated',
  begin_date DATE NOT NULL,
  end_date DATE NULL COMMENT 'NULL while it goes on',
  state TINYINT NOT NULL COMMENT 'puente.education.v1.EnrolmentState',
  state_reason VARCHAR(500) NOT NULL,
  sex TINYINT NOT NULL COMMENT 'puente.education.v1.Sex',
  birth_years VARBINARY(9) NOT NULL,
  state_code VARBINARY(2) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  goes_on TINYINT NULL COMMENT '1, or NULL once it is ended',
  guard BIGINT NOT NULL DEFAULT 0 COMMENT 'written by what rests on this row, see docs/decisions/0026',
  PRIMARY KEY (organization, id),
  UNIQUE KEY at_once (learner, microcredential_version, goes_on),
  KEY by_learner (learner, organization, id),
  KEY by_version (microcredential_version, organization, id),
  KEY by_campus (campus, organization, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
