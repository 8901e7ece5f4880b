-- oldest-binary: 0.2.0
-- Of the code that a learner was handed a keyed, salted hash alone.
CREATE TABLE IF NOT EXISTS dual_plan_code (
  dual_plan VARBINARY(160) NOT NULL,
  salt VARBINARY(16) NOT NULL,
  hash VARBINARY(32) NOT NULL,
  tries INT NOT NULL,
  expire_time DATETIME(6) NOT NULL,
  PRIMARY KEY (dual_plan)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
