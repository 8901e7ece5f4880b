-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS minor_limit (
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  label_es VARCHAR(200) NOT NULL,
  label_en VARCHAR(200) NOT NULL,
  begin_date DATE NOT NULL,
  from_age INT NOT NULL,
  to_age INT NOT NULL,
  daily_minutes_most INT NOT NULL,
  weekly_minutes_most INT NOT NULL,
  guardian_consent TINYINT NOT NULL COMMENT 'puente.education.v1.MinorConsent',
  legal_basis VARCHAR(500) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY by_begin (begin_date, from_age)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
