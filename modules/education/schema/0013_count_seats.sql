-- oldest-binary: 0.2.0
-- Published before seats were counted by skill: a version's skills can't be read in SQL, so due work
-- counts program after program, and figures of seats are whole when it is done.
INSERT IGNORE INTO due (kind, item_key, version, due_time, claim_time, holder, attempts, last_error,
    progress)
  SELECT 'seats.count', '', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), '', 0, '', '' FROM program_version
  WHERE state = 2 LIMIT 1
