-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS vacancy_load (
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.labor.v1.VacancyLoadState',
  supplier VARBINARY(100) NOT NULL COMMENT 'as the path of a SPIFFE id',
  profile VARBINARY(64) NOT NULL,
  loaded_count BIGINT NOT NULL,
  closed_count BIGINT NOT NULL,
  kept_count BIGINT NOT NULL,
  taken_back_by VARBINARY(120) NOT NULL COMMENT 'as the path of a SPIFFE id',
  take_back_time DATETIME(6) NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY by_supplier (supplier, create_time, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
