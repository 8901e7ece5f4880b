-- oldest-binary: 0.2.0
-- What each chunk of a load has stored; gone once it was taken back.
CREATE TABLE IF NOT EXISTS vacancy_load_chunk (
  load_id VARBINARY(63) NOT NULL COMMENT 'vacancy_load.id',
  number BIGINT NOT NULL COMMENT 'from 1',
  content MEDIUMBLOB NOT NULL COMMENT 'puente.labor.loads.Chunk',
  PRIMARY KEY (load_id, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
