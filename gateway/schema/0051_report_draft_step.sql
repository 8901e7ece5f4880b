-- oldest-binary: 0.2.0
ALTER TABLE report ADD COLUMN draft_step BIGINT NOT NULL DEFAULT 0
  COMMENT 'transactions of this attempt'
