-- oldest-binary: 0.2.0
-- Minutes of a plan's day that are not voided.
CREATE TABLE IF NOT EXISTS dual_plan_day (
  dual_plan VARBINARY(160) NOT NULL,
  day DATE NOT NULL,
  minutes INT NOT NULL,
  PRIMARY KEY (dual_plan, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
