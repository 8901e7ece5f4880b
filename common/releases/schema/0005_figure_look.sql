-- oldest-binary: 0.2.0
-- Up to where the journal was looked at, whether or not that made a release.
CREATE TABLE IF NOT EXISTS figure_look (
  family VARBINARY(40) NOT NULL PRIMARY KEY,
  position BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
