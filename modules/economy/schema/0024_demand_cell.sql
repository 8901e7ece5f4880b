-- oldest-binary: 0.2.0
-- The figures of each release that are told, and no others.
CREATE TABLE IF NOT EXISTS demand_cell (
  number BIGINT NOT NULL COMMENT 'of its release',
  sector_table VARBINARY(80) NOT NULL COMMENT 'empty: all',
  state_code VARBINARY(2) NOT NULL COMMENT 'empty: all',
  skill VARBINARY(80) NOT NULL COMMENT 'empty: all',
  heads BIGINT NOT NULL,
  companies BIGINT NOT NULL,
  as_of BIGINT NOT NULL COMMENT 'release since which changes wait, else its own',
  first_year SMALLINT NOT NULL COMMENT '0 where nobody needs anything',
  last_year SMALLINT NOT NULL,
  sources VARBINARY(2000) NOT NULL COMMENT 'with commas between',
  PRIMARY KEY (number, sector_table, state_code, skill),
  KEY by_heads (number, sector_table, state_code, heads, skill)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
