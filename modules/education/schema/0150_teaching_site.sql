-- oldest-binary: 0.2.0
-- Where each skill is taught, or could be: in the order in which sites are found. Written where programs
-- and microcredentials are published, and where facilities, campuses and organizations change.
CREATE TABLE IF NOT EXISTS teaching_site (
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  kind TINYINT NOT NULL COMMENT '1 program at a campus, 2 microcredential at a seat, 3 facility at a campus',
  skill VARBINARY(80) NOT NULL,
  place VARBINARY(700) NOT NULL COMMENT 'state, municipality without capitals and accents, site; 0x1f between',
  subject VARBINARY(80) NOT NULL COMMENT 'programs/…, microcredentials/… or facilities/…',
  number INT NOT NULL COMMENT 'of the version; 0 of a facility',
  site VARBINARY(160) NOT NULL COMMENT 'campus, or organization',
  PRIMARY KEY (record_kind, kind, skill, place, subject),
  KEY by_subject (subject),
  KEY by_site (site)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
