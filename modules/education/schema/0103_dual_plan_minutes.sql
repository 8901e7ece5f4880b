-- oldest-binary: 0.2.0
-- What is claimed and confirmed of a plan's outcomes, beside it: an entry is no new version of the plan.
CREATE TABLE IF NOT EXISTS dual_plan_minutes (
  dual_plan VARBINARY(160) NOT NULL,
  outcome INT NOT NULL,
  planned INT NOT NULL,
  carried INT NOT NULL,
  claimed INT NOT NULL,
  confirmed INT NOT NULL,
  PRIMARY KEY (dual_plan, outcome)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
