-- oldest-binary: 0.2.0
-- The same of its weeks, by their Mondays.
CREATE TABLE IF NOT EXISTS dual_plan_week (
  dual_plan VARBINARY(160) NOT NULL,
  day DATE NOT NULL,
  minutes INT NOT NULL,
  PRIMARY KEY (dual_plan, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
