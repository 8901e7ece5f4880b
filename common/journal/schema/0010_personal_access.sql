-- oldest-binary: 0.2.0
-- Which entries tell of a record with personal fields, that it was changed or read.
CREATE TABLE IF NOT EXISTS personal_access (
  record VARBINARY(160) NOT NULL,
  entry BIGINT UNSIGNED NOT NULL COMMENT 'id of journal_entry',
  PRIMARY KEY (record, entry)
) ENGINE=InnoDB DEFAULT CHARSET=binary
