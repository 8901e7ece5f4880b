-- oldest-binary: 0.2.0
-- What rests on a campus being there writes here, so that nobody deletes it meanwhile.
ALTER TABLE campus ADD COLUMN guard BIGINT NOT NULL DEFAULT 0
