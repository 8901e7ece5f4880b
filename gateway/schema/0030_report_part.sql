-- oldest-binary: 0.2.0
-- What is kept with a report, in pieces: its definition, its extracts, and what was made of them.
CREATE TABLE IF NOT EXISTS report_part (
  report VARBINARY(63) NOT NULL,
  kind TINYINT NOT NULL COMMENT 'puente::gateway::reports::PartKind',
  item VARBINARY(200) NOT NULL COMMENT 'agency of an extract, path of a file, id of a table',
  number INT NOT NULL COMMENT 'from 0',
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (report, kind, item, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
