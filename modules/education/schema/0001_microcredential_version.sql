-- oldest-binary: 0.1.0
-- by_kind serves the summary.
CREATE TABLE IF NOT EXISTS microcredential_version (
  microcredential VARBINARY(63) NOT NULL,
  number INT NOT NULL COMMENT 'the version, 1, 2, …',
  version BIGINT NOT NULL COMMENT 'of the row, behind the etag',
  state TINYINT NOT NULL COMMENT 'puente.education.v1.MicrocredentialState',
  title_es VARCHAR(200) NOT NULL,
  title_en VARCHAR(200) NOT NULL,
  country_code VARBINARY(2) NOT NULL,
  awarding_body VARCHAR(200) NOT NULL,
  issue_date DATE NOT NULL,
  outcomes MEDIUMBLOB NOT NULL COMMENT 'MicrocredentialVersion with outcomes alone',
  workload_hours INT NOT NULL,
  level VARBINARY(40) NOT NULL COMMENT 'empty where none applies',
  assessment_type TINYINT NOT NULL COMMENT 'puente.education.v1.AssessmentType',
  participation_form TINYINT NOT NULL COMMENT 'puente.education.v1.ParticipationForm',
  quality_assurance VARCHAR(500) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  publish_time DATETIME(6) NULL COMMENT 'NULL for a draft',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (microcredential, number),
  KEY by_state (state, microcredential, number),
  KEY by_kind (state, record_kind, microcredential, source)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
