-- oldest-binary: 0.1.0
CREATE TABLE IF NOT EXISTS border_municipality (
  state_code CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'INEGI code',
  municipality VARCHAR(120) COLLATE utf8mb4_bin NOT NULL COMMENT 'empty: the whole state',
  effective_date DATE NOT NULL COMMENT 'first day in the northern border free zone',
  PRIMARY KEY (state_code, municipality)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
