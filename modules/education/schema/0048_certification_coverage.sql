-- oldest-binary: 0.2.0
-- Of each microcredential, by kind of record, the newest published version, and whether it is
-- certified; what of it counts in the counters. Written by due work (modules/education/coverage).
CREATE TABLE IF NOT EXISTS certification_coverage (
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  microcredential VARBINARY(63) NOT NULL,
  number INT NOT NULL COMMENT 'of the version',
  level VARBINARY(40) NOT NULL COMMENT '- for none',
  state VARBINARY(2) NOT NULL COMMENT 'INEGI code; - for none',
  sector VARBINARY(63) NOT NULL COMMENT 'id of the sector table; - for none',
  certified TINYINT NOT NULL,
  since DATE NOT NULL COMMENT 'from which day on it is so',
  PRIMARY KEY (record_kind, microcredential)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
