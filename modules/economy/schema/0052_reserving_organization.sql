-- oldest-binary: 0.2.0
-- Written by each new reservation of an organization: its cap and its learners' days rest on all of them.
CREATE TABLE IF NOT EXISTS reserving_organization (
  organization VARBINARY(80) NOT NULL,
  guard BIGINT NOT NULL,
  PRIMARY KEY (organization)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
