-- oldest-binary: 0.2.0
-- The figures of each release that are told, and no others. What a cell is about, in the order in
-- which its table declares it; empty: all.
CREATE TABLE IF NOT EXISTS figure_cell (
  number BIGINT NOT NULL COMMENT 'of its release',
  table_name VARBINARY(40) NOT NULL,
  key_0 VARBINARY(160) NOT NULL,
  key_1 VARBINARY(40) NOT NULL,
  key_2 VARBINARY(40) NOT NULL,
  key_3 VARBINARY(40) NOT NULL,
  total BIGINT NOT NULL,
  as_of BIGINT NOT NULL COMMENT 'release since which changes wait, else its own',
  median_0 INT NULL COMMENT 'NULL: not told',
  median_1 INT NULL,
  median_2 INT NULL,
  median_3 INT NULL,
  PRIMARY KEY (number, table_name, key_0, key_1, key_2, key_3)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
