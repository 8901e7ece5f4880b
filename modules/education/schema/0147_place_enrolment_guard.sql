-- oldest-binary: 0.2.0
-- What rests on the state of a row writes here, so that nobody else changes that state meanwhile.
ALTER TABLE place_enrolment ADD COLUMN guard BIGINT NOT NULL DEFAULT 0
