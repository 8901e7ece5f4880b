-- oldest-binary: 0.2.0
-- What was stated before was held against no bound: it waits.
ALTER TABLE demand_statement ADD COLUMN standing TINYINT NOT NULL DEFAULT 2 COMMENT 'puente.economy.v1.DemandStanding'
