-- oldest-binary: 0.2.0
-- Between which positions the entries of an hour are.
CREATE TABLE IF NOT EXISTS journal_hour (
  hour DATETIME NOT NULL PRIMARY KEY COMMENT 'its begin, UTC',
  first_position BIGINT UNSIGNED NOT NULL,
  last_position BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB
