-- oldest-binary: 0.2.0
-- Open facilities as they are looked for, by skill: the largest of a municipality, a state or a campus.
CREATE TABLE IF NOT EXISTS facility_site (
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  skill VARBINARY(80) NOT NULL,
  state_code VARBINARY(2) NOT NULL,
  municipality VARBINARY(480) NOT NULL COMMENT 'without capitals and accents',
  room SMALLINT NOT NULL COMMENT 'less than 0: the capacity, so that the largest is first',
  facility VARBINARY(80) NOT NULL,
  campus VARBINARY(160) NOT NULL COMMENT 'empty where it is at none',
  PRIMARY KEY (record_kind, skill, state_code, municipality, room, facility),
  KEY by_state (record_kind, skill, state_code, room, facility),
  KEY by_campus (record_kind, campus, skill, room, facility),
  KEY by_facility (facility)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
