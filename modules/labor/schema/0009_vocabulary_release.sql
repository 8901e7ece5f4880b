-- oldest-binary: 0.1.0
CREATE TABLE IF NOT EXISTS vocabulary_release (
  id VARBINARY(63) NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.labor.v1.VocabularyReleaseState',
  framework VARBINARY(40) NOT NULL,
  version_label VARCHAR(80) NOT NULL,
  origin VARCHAR(300) NOT NULL,
  licence VARCHAR(500) NOT NULL,
  coverage TINYINT NOT NULL COMMENT 'puente.labor.v1.VocabularyCoverage',
  coverage_note VARCHAR(500) NOT NULL,
  occupation_count BIGINT NOT NULL COMMENT '0 until it is published',
  tool_count BIGINT NOT NULL COMMENT '0 until it is published',
  skill_count BIGINT NOT NULL COMMENT '0 until it is published',
  content_digest VARBINARY(32) NOT NULL COMMENT 'empty until it is published',
  publish_time DATETIME(6) NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  KEY by_framework (framework, create_time, id),
  KEY by_framework_state (framework, state, create_time, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
