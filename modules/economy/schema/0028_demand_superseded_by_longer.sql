-- oldest-binary: 0.2.0
-- Names are within the company now.
ALTER TABLE demand_statement MODIFY COLUMN superseded_by VARBINARY(160) NOT NULL COMMENT 'empty unless superseded'
