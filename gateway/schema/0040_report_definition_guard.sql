-- oldest-binary: 0.2.0
-- Reports of a definition are published and withdrawn one after the other: each writes here first.
ALTER TABLE report_definition ADD COLUMN guard BIGINT NOT NULL DEFAULT 0
