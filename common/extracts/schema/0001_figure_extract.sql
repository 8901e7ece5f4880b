-- oldest-binary: 0.2.0
-- What tables of figures said at one moment (puente.api.v1.FigureExtract).
CREATE TABLE IF NOT EXISTS figure_extract (
  number BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'in the order of their making',
  id VARBINARY(63) NOT NULL,
  attempt BIGINT NOT NULL COMMENT 'whose chunks there are; 0 before the first',
  chunk_count INT NOT NULL COMMENT 'of that attempt',
  state TINYINT NOT NULL COMMENT 'puente.api.v1.FigureExtractState',
  tables MEDIUMBLOB NOT NULL COMMENT 'FigureExtract with tables alone',
  freshness_token VARBINARY(200) NOT NULL,
  read_time DATETIME(6) NULL,
  sha256 VARBINARY(64) NOT NULL,
  byte_count BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  failure_reason VARBINARY(63) NOT NULL,
  create_time DATETIME(6) NOT NULL,
  UNIQUE KEY id (id)
) ENGINE=InnoDB
