-- oldest-binary: 0.2.0
-- counted_seats has taken its place.
DROP TABLE IF EXISTS published_seats
