-- oldest-binary: 0.2.0
-- What a body decides is a record of its own.
ALTER TABLE submission
  DROP COLUMN start_date,
  DROP COLUMN end_date,
  DROP COLUMN conditions,
  DROP COLUMN act
