-- oldest-binary: 0.1.0
-- What published versions certify; written when a version is published, and final like it.
CREATE TABLE IF NOT EXISTS published_skill (
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  skill VARBINARY(80) NOT NULL,
  microcredential VARBINARY(63) NOT NULL,
  number INT NOT NULL,
  PRIMARY KEY (record_kind, skill, microcredential, number)
) ENGINE=InnoDB
