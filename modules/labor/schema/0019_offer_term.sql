-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS offer_term (
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  vacancy_source VARBINARY(64) NOT NULL,
  openness TINYINT NOT NULL COMMENT 'puente.labor.v1.OfferOpenness',
  days INT NOT NULL COMMENT 'of FOR_DAYS',
  effective_date DATE NOT NULL,
  basis VARCHAR(300) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY by_source (vacancy_source, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
