-- oldest-binary: 0.2.0
-- What a version was made for is named, so that it can be followed.
ALTER TABLE program_version DROP COLUMN cause
