-- oldest-binary: 0.2.0
-- What a proposal rests on is current.
ALTER TABLE demand_statement ADD COLUMN guard BIGINT NOT NULL DEFAULT 0
