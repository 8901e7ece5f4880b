-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS demand_bound (
  effective_date DATE NOT NULL COMMENT 'first day in force, until the next of the size',
  size TINYINT NOT NULL COMMENT 'puente.economy.v1.CompanySize',
  heads INT NOT NULL COMMENT 'most that all plausible statements of a company have together',
  source VARCHAR(200) COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (effective_date, size)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
