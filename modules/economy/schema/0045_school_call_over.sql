-- oldest-binary: 0.2.0
-- Calls of before close by themselves too; those that are over, at once.
INSERT IGNORE INTO due (kind, item_key, version, due_time, claim_time, holder, attempts, last_error,
    progress)
  SELECT 'school_calls.over', id, 1, end_date + INTERVAL 30 HOUR, end_date + INTERVAL 30 HOUR, '', 0,
    '', '' FROM school_call WHERE state = 1
