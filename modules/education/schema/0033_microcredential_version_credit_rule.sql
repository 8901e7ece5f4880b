-- oldest-binary: 0.2.0
ALTER TABLE microcredential_version ADD COLUMN credit_rule VARBINARY(80) NOT NULL DEFAULT '' COMMENT 'empty for what has no credits'
