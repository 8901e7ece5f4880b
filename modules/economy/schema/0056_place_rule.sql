-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS place_rule (
  id VARBINARY(63) NOT NULL,
  version BIGINT NOT NULL,
  label_es VARCHAR(200) NOT NULL,
  label_en VARCHAR(200) NOT NULL,
  organization VARBINARY(80) NOT NULL COMMENT 'empty: of all that have none of their own',
  begin_date DATE NOT NULL,
  held_most INT NOT NULL,
  hold_hours INT NOT NULL,
  another_place_days INT NOT NULL,
  pause_days INT NOT NULL,
  end_days INT NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY by_begin (organization, begin_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
