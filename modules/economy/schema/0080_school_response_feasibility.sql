-- oldest-binary: 0.2.0
ALTER TABLE school_response
  ADD COLUMN feasibility MEDIUMBLOB NULL COMMENT 'SchoolResponse with feasibility alone'
