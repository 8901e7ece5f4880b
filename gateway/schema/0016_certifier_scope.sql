-- oldest-binary: 0.2.0
-- Who may certify what: by the microcredential, standard or level that a scope names first.
CREATE TABLE IF NOT EXISTS certifier_scope (
  element VARBINARY(90) NOT NULL,
  of_id VARBINARY(63) NOT NULL,
  PRIMARY KEY (element, of_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
