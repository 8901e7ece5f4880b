-- oldest-binary: 0.2.0
ALTER TABLE act ADD COLUMN organization VARBINARY(80) NOT NULL DEFAULT '' COMMENT 'empty where none acts'
