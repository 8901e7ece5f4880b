-- oldest-binary: 0.2.0
ALTER TABLE act ADD COLUMN taken_count INT NOT NULL DEFAULT 0
