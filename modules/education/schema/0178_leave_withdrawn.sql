-- oldest-binary: 0.2.0
-- Withdrawn before what they offered stopped counting.
INSERT IGNORE INTO due (kind, item_key, version, due_time, claim_time, holder, attempts, last_error,
    progress)
  SELECT 'organizations.leave', id, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), '', 0, '', ''
  FROM organization WHERE state = 4
