-- oldest-binary: 0.1.0
CREATE TABLE IF NOT EXISTS weekly_hours_limit (
  effective_date DATE NOT NULL COMMENT 'first day in force, until the next',
  weekly_minutes INT NOT NULL,
  source VARCHAR(200) COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (effective_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
