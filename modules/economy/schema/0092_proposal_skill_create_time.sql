-- oldest-binary: 0.2.0
ALTER TABLE proposal_skill ADD COLUMN of_create_time DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
