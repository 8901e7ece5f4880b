-- oldest-binary: 0.2.0
-- An id is its company's alone.
ALTER TABLE demand_statement DROP PRIMARY KEY, ADD PRIMARY KEY (company, id)
