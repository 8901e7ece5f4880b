-- oldest-binary: 0.2.0
ALTER TABLE dual_plan ADD COLUMN seat_state TINYINT NOT NULL DEFAULT 0 COMMENT 'puente.education.v1.PlaceEnrolmentState'
