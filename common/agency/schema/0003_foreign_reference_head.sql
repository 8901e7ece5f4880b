-- oldest-binary: 0.1.0
-- One row: the last position of the journal that foreign_reference has taken in.
CREATE TABLE IF NOT EXISTS foreign_reference_head (
  id TINYINT NOT NULL PRIMARY KEY,
  position BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB
