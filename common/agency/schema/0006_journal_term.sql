-- oldest-binary: 0.2.0
-- What the journal is searched by (agency/journal_index.h).
CREATE TABLE IF NOT EXISTS journal_term (
  term VARBINARY(320) NOT NULL,
  position BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (term, position)
) ENGINE=InnoDB DEFAULT CHARSET=binary
