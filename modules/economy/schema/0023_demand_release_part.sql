-- oldest-binary: 0.2.0
-- What the last release rests on, and, while one is made, the next.
CREATE TABLE IF NOT EXISTS demand_release_part (
  number BIGINT NOT NULL,
  part INT NOT NULL COMMENT 'from 0',
  content MEDIUMBLOB NOT NULL COMMENT 'puente.economy.releases.Parts',
  PRIMARY KEY (number, part)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
