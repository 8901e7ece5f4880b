-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS teacher_rule (
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  label_es VARCHAR(200) NOT NULL,
  label_en VARCHAR(200) NOT NULL,
  begin_date DATE NOT NULL,
  hours_needed INT NOT NULL,
  valid_years INT NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY by_begin (begin_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
