-- oldest-binary: 0.2.0
ALTER TABLE proposal_statement ADD KEY by_create_time (element, of_create_time, of_id)
