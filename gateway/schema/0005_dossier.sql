-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS dossier (
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  submission VARBINARY(160) NOT NULL,
  certifier VARBINARY(80) NOT NULL,
  organization VARBINARY(80) NOT NULL,
  microcredential_version VARBINARY(100) NOT NULL,
  actor VARBINARY(63) NOT NULL,
  sections LONGBLOB NOT NULL COMMENT 'Dossier with sections alone',
  expire_time DATETIME(6) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY by_submission (submission, id),
  KEY by_certifier (certifier, id),
  KEY by_certifier_submission (certifier, submission, id),
  KEY by_organization (organization, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
