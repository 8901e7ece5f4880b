-- oldest-binary: 0.2.0
-- What is there from before is found once due work has been over it: skills of versions are in columns that
-- can't be read in SQL, nor can municipalities be compared there.
INSERT IGNORE INTO due (kind, item_key, version, due_time, claim_time, holder, attempts, last_error,
    progress)
  SELECT 'teaching.find', '', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), '', 0, '', '' FROM organization LIMIT 1
