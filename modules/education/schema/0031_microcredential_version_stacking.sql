-- oldest-binary: 0.2.0
ALTER TABLE microcredential_version
  ADD COLUMN parts MEDIUMBLOB NULL COMMENT 'MicrocredentialVersion with parts alone',
  ADD COLUMN prerequisites MEDIUMBLOB NULL COMMENT 'MicrocredentialVersion with prerequisites alone',
  ADD COLUMN credit_rule VARBINARY(80) NOT NULL DEFAULT '' COMMENT 'empty for what has no credits',
  ADD COLUMN total_hours INT NOT NULL DEFAULT 0 COMMENT 'with those of all parts',
  ADD COLUMN credits_e4 BIGINT NOT NULL DEFAULT 0 COMMENT 'credits in ten-thousandths'
