-- oldest-binary: 0.2.0
-- Releases of figures (common/releases). A row is there once everything of its release is.
CREATE TABLE IF NOT EXISTS figure_release (
  number BIGINT NOT NULL PRIMARY KEY COMMENT 'microseconds since 1970 when it was begun',
  family VARBINARY(40) NOT NULL COMMENT 'of tables that are released together',
  position BIGINT NOT NULL COMMENT 'of the journal: everything up to it was looked at',
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind of what was counted',
  last_date DATE NOT NULL COMMENT 'up to which is counted',
  create_time DATETIME(6) NOT NULL,
  KEY by_family (family, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
