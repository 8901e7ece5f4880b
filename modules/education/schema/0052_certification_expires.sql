-- oldest-binary: 0.2.0
-- At midnight in Mexico City, six hours after that of UTC.
INSERT IGNORE INTO due (kind, item_key, version, due_time, claim_time, holder, attempts, last_error,
    progress)
  SELECT 'certifications.expire', id, 1, end_date + INTERVAL 30 HOUR, end_date + INTERVAL 30 HOUR, '',
    0, '', '' FROM certification WHERE state IN (1, 2)
