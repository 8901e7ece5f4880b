-- oldest-binary: 0.2.0
ALTER TABLE award ADD COLUMN decided_by_agency BOOLEAN NOT NULL DEFAULT 0 COMMENT 'suspended or revoked by the agency'
