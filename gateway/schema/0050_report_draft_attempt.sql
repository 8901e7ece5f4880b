-- oldest-binary: 0.2.0
ALTER TABLE report ADD COLUMN draft_attempt BIGINT NOT NULL DEFAULT 0
  COMMENT 'who writes its files: the last that began'
