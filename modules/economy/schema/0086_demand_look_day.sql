-- oldest-binary: 0.2.0
-- What is over on another day counts no more. On the first day, each look finds another one.
ALTER TABLE demand_look ADD COLUMN day DATE NOT NULL DEFAULT '1970-01-01' COMMENT 'on which it was looked at'
