-- oldest-binary: 0.2.0
-- Written with the statements themselves, in the same transaction.
CREATE TABLE IF NOT EXISTS demand_total (
  company VARBINARY(80) NOT NULL PRIMARY KEY,
  heads BIGINT NOT NULL COMMENT 'of its current statements that are plausible'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
