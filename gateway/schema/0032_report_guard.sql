-- oldest-binary: 0.2.0
ALTER TABLE report ADD COLUMN guard BIGINT NOT NULL DEFAULT 0 COMMENT 'written by what rests on the row (docs/decisions/0026)'
