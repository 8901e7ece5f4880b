-- oldest-binary: 0.2.0
-- The plans that a seat leads on.
ALTER TABLE dual_plan ADD KEY of_seat (place_enrolment)
