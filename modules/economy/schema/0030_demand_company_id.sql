-- oldest-binary: 0.2.0
ALTER TABLE demand_statement MODIFY COLUMN company VARBINARY(63) NOT NULL
