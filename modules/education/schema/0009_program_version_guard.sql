-- oldest-binary: 0.1.0
-- What rests on the state of a row writes here, so that nobody else changes that state meanwhile.
ALTER TABLE program_version ADD COLUMN guard BIGINT NOT NULL DEFAULT 0
