-- oldest-binary: 0.2.0
-- Published before it was counted who certifies what: due work counts one microcredential after
-- another.
INSERT IGNORE INTO due (kind, item_key, version, due_time, claim_time, holder, attempts, last_error,
    progress)
  SELECT DISTINCT 'coverage.count', microcredential, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), '', 0, '', ''
  FROM microcredential_version WHERE state = 2
