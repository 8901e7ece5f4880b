-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS teacher_training (
  organization VARBINARY(63) NOT NULL,
  teacher VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.education.v1.TeacherTrainingState',
  kind TINYINT NOT NULL COMMENT 'puente.education.v1.TrainingKind',
  company VARBINARY(80) NOT NULL COMMENT 'empty of a course',
  skill VARBINARY(80) NOT NULL,
  hours INT NOT NULL,
  begin_date DATE NOT NULL,
  end_date DATE NOT NULL,
  provider VARCHAR(200) NOT NULL,
  void_time DATETIME(6) NULL,
  void_reason TINYINT NOT NULL COMMENT 'puente.education.v1.TrainingVoidReason',
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (organization, teacher, id),
  KEY by_skill (skill, organization, teacher, id),
  KEY that_counts (organization, teacher, skill, state, end_date, hours)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
