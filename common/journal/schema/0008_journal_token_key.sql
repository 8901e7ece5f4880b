-- oldest-binary: 0.2.0
-- One row: with what freshness tokens are sealed (journal/token.h).
CREATE TABLE IF NOT EXISTS journal_token_key (
  id TINYINT NOT NULL PRIMARY KEY,
  secret BINARY(32) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
