-- oldest-binary: 0.1.0
CREATE TABLE IF NOT EXISTS minimum_wage (
  zone TINYINT NOT NULL COMMENT 'puente.labor.v1.WageZone: 1 general, 2 northern border',
  effective_date DATE NOT NULL COMMENT 'first day in force, until the next of the zone',
  daily_centavos BIGINT NOT NULL COMMENT 'MXN centavos a day',
  source VARCHAR(200) COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (zone, effective_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
