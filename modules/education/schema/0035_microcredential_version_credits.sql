-- oldest-binary: 0.2.0
ALTER TABLE microcredential_version ADD COLUMN credits_e4 BIGINT NOT NULL DEFAULT 0 COMMENT 'credits in ten-thousandths'
