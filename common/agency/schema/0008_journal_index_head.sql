-- oldest-binary: 0.2.0
-- One row: up to which position journal_term and journal_hour are complete.
CREATE TABLE IF NOT EXISTS journal_index_head (
  id TINYINT NOT NULL PRIMARY KEY,
  position BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB
