-- oldest-binary: 0.1.0
-- Seats that published versions of programs state; written when a version is published, and final
-- like it.
CREATE TABLE IF NOT EXISTS published_seats (
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  program VARBINARY(63) NOT NULL,
  number INT NOT NULL COMMENT 'of the version',
  period VARBINARY(9) NOT NULL COMMENT '2027, or 2027-2028 for a school cycle',
  seats INT NOT NULL,
  PRIMARY KEY (record_kind, program, number, period)
) ENGINE=InnoDB
