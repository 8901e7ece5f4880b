-- oldest-binary: 0.2.0
-- Which versions name a cause: `causes` of both kinds of versions, the other way round.
CREATE TABLE IF NOT EXISTS version_cause (
  cause VARBINARY(100) NOT NULL,
  collection VARBINARY(20) NOT NULL COMMENT 'microcredentials or programs',
  id VARBINARY(63) NOT NULL COMMENT 'of the microcredential or program',
  number INT NOT NULL COMMENT 'of the version',
  act VARBINARY(100) NOT NULL COMMENT 'that named it; empty where the author did',
  PRIMARY KEY (cause, collection, id, number),
  KEY by_version (collection, id, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
