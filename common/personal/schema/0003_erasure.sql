-- oldest-binary: 0.2.0
-- Whose keys were destroyed, numbered from 1 without gaps in the order of their commits.
CREATE TABLE IF NOT EXISTS erasure (
  number BIGINT NOT NULL,
  person VARBINARY(60) NOT NULL,
  erase_time DATETIME(6) NOT NULL,
  PRIMARY KEY (number),
  UNIQUE KEY by_person (person)
) ENGINE=InnoDB
