-- oldest-binary: 0.2.0
ALTER TABLE dual_plan ADD COLUMN place_enrolment VARBINARY(80) NOT NULL DEFAULT '' COMMENT 'empty of plans from before this column'
