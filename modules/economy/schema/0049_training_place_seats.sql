-- oldest-binary: 0.2.0
-- What is taken of a place, beside it: a reservation is no new version of the place.
CREATE TABLE IF NOT EXISTS training_place_seats (
  training_place VARBINARY(160) NOT NULL,
  offered INT NOT NULL,
  held INT NOT NULL,
  confirmed INT NOT NULL,
  started INT NOT NULL,
  PRIMARY KEY (training_place)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
