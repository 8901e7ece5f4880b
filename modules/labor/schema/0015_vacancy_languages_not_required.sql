-- oldest-binary: 0.2.0
-- What was recorded before did not keep whether an offer said so.
ALTER TABLE vacancy ADD COLUMN languages_not_required TINYINT NOT NULL DEFAULT 0
