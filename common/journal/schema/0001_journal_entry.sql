-- oldest-binary: 0.1.0
-- A row is a journal entry and its ledger row in one. No digest covers request_key to answer.
CREATE TABLE IF NOT EXISTS journal_entry (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  request_key BINARY(32) NULL COMMENT 'digest of caller, method and request id',
  fingerprint BINARY(32) NULL COMMENT 'digest of the request without its id',
  answer MEDIUMBLOB NULL COMMENT 'what a replay answers',
  canonical MEDIUMBLOB NOT NULL COMMENT 'puente.journal.v1.Entry, final',
  digest BINARY(32) NOT NULL COMMENT 'leaf hash of canonical',
  leaves MEDIUMBLOB NULL COMMENT 'of a chunk: puente.journal.v1.Change',
  deltas MEDIUMBLOB NULL COMMENT 'for projections, folded by the sequencer',
  create_time DATETIME(6) NOT NULL,
  UNIQUE KEY request_key (request_key)
) ENGINE=InnoDB DEFAULT CHARSET=binary
