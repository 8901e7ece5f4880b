-- oldest-binary: 0.2.0
-- Decisions have it.
ALTER TABLE submission DROP COLUMN act
