-- oldest-binary: 0.2.0
-- What a company knows a learner by: random, so that no two companies find out that they have one in common.
CREATE TABLE IF NOT EXISTS company_learner (
  company VARBINARY(80) NOT NULL,
  learner VARBINARY(160) NOT NULL,
  pseudonym VARBINARY(36) NOT NULL,
  PRIMARY KEY (company, learner)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
