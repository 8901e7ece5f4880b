-- oldest-binary: 0.2.0
-- Those of certification_coverage that are not certified, once for each way to ask for them: by level
-- or any (*), by state or any, by sector or any.
CREATE TABLE IF NOT EXISTS uncertified_version (
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  level VARBINARY(40) NOT NULL,
  state VARBINARY(2) NOT NULL,
  sector VARBINARY(63) NOT NULL,
  since DATE NOT NULL,
  microcredential VARBINARY(63) NOT NULL,
  number INT NOT NULL,
  PRIMARY KEY (record_kind, level, state, sector, since, microcredential),
  KEY by_microcredential (record_kind, microcredential)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
