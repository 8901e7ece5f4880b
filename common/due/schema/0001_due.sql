-- oldest-binary: 0.1.0
-- Work that the module does by itself. Whoever changes a row does so by compare-and-swap on its
-- version; times are the database's.
CREATE TABLE IF NOT EXISTS due (
  kind VARBINARY(60) NOT NULL,
  item_key VARBINARY(300) NOT NULL COMMENT 'what the work is about, unique in its kind',
  version BIGINT NOT NULL COMMENT 'never one that the key had before, deleted rows included',
  due_time DATETIME(6) NOT NULL,
  claim_time DATETIME(6) NOT NULL COMMENT 'not to be claimed before: the end of its lease or pause',
  holder VARBINARY(100) NOT NULL COMMENT 'process that has claimed it',
  attempts INT NOT NULL COMMENT 'slices begun since the last that succeeded',
  last_error VARBINARY(100) NOT NULL COMMENT 'reason why the last one failed',
  progress MEDIUMBLOB NOT NULL COMMENT 'what the next slice has to know',
  PRIMARY KEY (kind, item_key),
  KEY claimable (kind, claim_time)
) ENGINE=InnoDB
