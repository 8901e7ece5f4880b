-- oldest-binary: 0.2.0
ALTER TABLE submission ADD COLUMN decision VARBINARY(160) NOT NULL DEFAULT '' AFTER decide_time
