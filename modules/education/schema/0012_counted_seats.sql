-- oldest-binary: 0.2.0
-- What each program's newest published version adds to the counters: a row for each of its cuts, as
-- modules/education/seat_statistics/cuts.h names them. Written with the publication.
CREATE TABLE IF NOT EXISTS counted_seats (
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  program VARBINARY(63) NOT NULL,
  cycle VARBINARY(9) NOT NULL COMMENT 'school cycle, 2027-2028',
  state VARBINARY(2) NOT NULL COMMENT 'INEGI code, - without campus, * for all',
  skill VARBINARY(80) NOT NULL COMMENT 'id, - without skill, * for all',
  organization VARBINARY(80) NOT NULL,
  number INT NOT NULL COMMENT 'of the version',
  source VARBINARY(64) NOT NULL,
  seats BIGINT NOT NULL,
  graduates BIGINT NOT NULL COMMENT '0 where none are stated',
  PRIMARY KEY (record_kind, program, cycle, state, skill),
  KEY by_organization (record_kind, organization, cycle, state, skill, program)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
