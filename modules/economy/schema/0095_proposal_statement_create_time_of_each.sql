-- oldest-binary: 0.2.0
UPDATE proposal_statement JOIN proposal ON id = of_id SET of_create_time = create_time
