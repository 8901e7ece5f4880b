-- oldest-binary: 0.1.0
CREATE TABLE IF NOT EXISTS released_skill (
  vocabulary_release VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL COMMENT 'as in skill',
  version BIGINT NOT NULL,
  skill_etag VARBINARY(24) NOT NULL COMMENT 'the state of the skill that was frozen',
  label_es VARCHAR(200) NOT NULL,
  label_en VARCHAR(200) NOT NULL,
  kind TINYINT NOT NULL COMMENT 'puente.labor.v1.SkillKind',
  framework VARCHAR(40) NOT NULL,
  code VARCHAR(80) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (vocabulary_release, id),
  KEY by_kind (kind, vocabulary_release, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
