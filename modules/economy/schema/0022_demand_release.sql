-- oldest-binary: 0.2.0
-- A row is there once everything of its release is.
CREATE TABLE IF NOT EXISTS demand_release (
  number BIGINT NOT NULL PRIMARY KEY COMMENT 'microseconds since 1970 when it was begun',
  position BIGINT NOT NULL COMMENT 'of the journal: everything up to it was looked at',
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind of what was counted',
  content MEDIUMBLOB NOT NULL COMMENT 'puente.economy.releases.Content',
  create_time DATETIME(6) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
