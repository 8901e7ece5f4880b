-- oldest-binary: 0.2.0
-- Open places as they are looked for, by skill: nearest first, those that begin first before others.
CREATE TABLE IF NOT EXISTS training_place_search (
  skill VARBINARY(80) NOT NULL,
  state_code VARBINARY(2) NOT NULL,
  municipality VARBINARY(480) NOT NULL COMMENT 'without capitals and accents',
  start_date DATE NOT NULL,
  company VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL,
  PRIMARY KEY (skill, state_code, municipality, start_date, company, id),
  KEY by_state (skill, state_code, start_date, company, id),
  KEY by_skill (skill, start_date, company, id),
  KEY by_place (company, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
