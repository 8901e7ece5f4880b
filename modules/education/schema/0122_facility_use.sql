-- oldest-binary: 0.2.0
-- What is booked of a facility, beside it: a booking is no new version of the facility.
CREATE TABLE IF NOT EXISTS facility_use (
  facility VARBINARY(63) NOT NULL COMMENT 'its id',
  day DATE NOT NULL,
  slot TINYINT UNSIGNED NOT NULL COMMENT 'quarter of an hour, from 0',
  used SMALLINT NOT NULL COMMENT 'seats',
  PRIMARY KEY (facility, day, slot)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
