-- oldest-binary: 0.2.0
ALTER TABLE award ADD COLUMN workplace_minutes BIGINT NOT NULL DEFAULT 0
