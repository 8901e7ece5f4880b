-- oldest-binary: 0.2.0
-- Files whose rows became records (puente.api.v1.Load).
CREATE TABLE IF NOT EXISTS record_load (
  number BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'in the order of their making',
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.api.v1.LoadState',
  collection VARBINARY(60) NOT NULL,
  profile VARBINARY(64) NOT NULL,
  parent VARBINARY(160) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  caller VARBINARY(120) NOT NULL COMMENT 'as the path of a SPIFFE id',
  actor VARBINARY(63) NOT NULL,
  row_count BIGINT NOT NULL,
  taken_count BIGINT NOT NULL,
  changed_count BIGINT NOT NULL,
  unchanged_count BIGINT NOT NULL,
  refused_count BIGINT NOT NULL,
  truncated BOOLEAN NOT NULL,
  content_digest VARBINARY(32) NOT NULL,
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  UNIQUE KEY id (id),
  KEY by_caller (caller, number)
) ENGINE=InnoDB
