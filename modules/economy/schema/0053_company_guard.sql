-- oldest-binary: 0.2.0
-- What a company offers rests on its registration.
ALTER TABLE company ADD COLUMN guard BIGINT NOT NULL DEFAULT 0
