-- oldest-binary: 0.1.0
CREATE TABLE IF NOT EXISTS journal_position (
  position BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  entry_id BIGINT UNSIGNED NOT NULL,
  leaf_hash BINARY(32) NOT NULL,
  UNIQUE KEY entry_id (entry_id)
) ENGINE=InnoDB
