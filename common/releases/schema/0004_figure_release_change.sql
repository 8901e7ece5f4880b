-- oldest-binary: 0.2.0
-- In what the basis of a release differs from that of the one before, of the same kind of records.
CREATE TABLE IF NOT EXISTS figure_release_change (
  number BIGINT NOT NULL,
  table_name VARBINARY(40) NOT NULL,
  part INT NOT NULL COMMENT 'from 0',
  gone BOOLEAN NOT NULL COMMENT 'in the release before and not in this one; else the other way round',
  content MEDIUMBLOB NOT NULL COMMENT 'puente.releases.Parts',
  PRIMARY KEY (number, table_name, part)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
