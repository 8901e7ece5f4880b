-- oldest-binary: 0.1.0
-- by_sector and by_end serve lists.
CREATE TABLE IF NOT EXISTS innovation_project (
  id VARBINARY(63) NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  title_es VARCHAR(200) NOT NULL,
  title_en VARCHAR(200) NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.science.v1.InnovationProjectState',
  partners MEDIUMBLOB NOT NULL COMMENT 'InnovationProject with partners alone',
  technologies MEDIUMBLOB NOT NULL COMMENT 'InnovationProject with technologies alone',
  sector_table VARBINARY(80) NOT NULL COMMENT 'empty where it is for none',
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  result VARCHAR(2000) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  KEY by_sector (sector_table, id),
  KEY by_end (sector_table, end_date, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
