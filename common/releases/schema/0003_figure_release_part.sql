-- oldest-binary: 0.2.0
-- What the last release of a table rests on, and, while one is made, the next.
CREATE TABLE IF NOT EXISTS figure_release_part (
  number BIGINT NOT NULL,
  table_name VARBINARY(40) NOT NULL,
  part INT NOT NULL COMMENT 'from 0',
  content MEDIUMBLOB NOT NULL COMMENT 'puente.releases.Parts',
  PRIMARY KEY (number, table_name, part)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
