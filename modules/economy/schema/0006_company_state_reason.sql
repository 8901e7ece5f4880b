-- oldest-binary: 0.2.0
ALTER TABLE company ADD COLUMN state_reason VARCHAR(500) NOT NULL DEFAULT ''
