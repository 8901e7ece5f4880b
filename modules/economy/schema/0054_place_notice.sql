-- oldest-binary: 0.2.0
-- Reservations that have come into another state and of which Education has not heard.
CREATE TABLE IF NOT EXISTS place_notice (
  reservation VARBINARY(63) NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.economy.v1.PlaceReservationState',
  PRIMARY KEY (reservation)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
