-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS facility_skill (
  element VARBINARY(80) NOT NULL,
  of_id VARBINARY(63) NOT NULL,
  PRIMARY KEY (element, of_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
