-- oldest-binary: 0.2.0
ALTER TABLE act ADD COLUMN refusal_es VARCHAR(1000) NOT NULL DEFAULT '' AFTER refusal
