-- oldest-binary: 0.2.0
-- by_chamber finds what a chamber may do for a company, too.
CREATE TABLE IF NOT EXISTS consent (
  company VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.economy.v1.ConsentState',
  chamber VARBINARY(80) NOT NULL,
  acts MEDIUMBLOB NOT NULL COMMENT 'Consent with acts alone',
  start_date DATE NOT NULL,
  end_date DATE NULL COMMENT 'none: no end',
  document VARCHAR(200) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (company, id),
  KEY by_chamber (chamber, company, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
