-- oldest-binary: 0.1.0
-- One row, moved by compare-and-swap on (epoch, next_position). Every entry up to swept_id has its
-- position or is known never to come.
CREATE TABLE IF NOT EXISTS journal_head (
  id TINYINT NOT NULL PRIMARY KEY,
  epoch BIGINT UNSIGNED NOT NULL,
  next_position BIGINT UNSIGNED NOT NULL,
  swept_id BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB
