-- oldest-binary: 0.2.0
ALTER TABLE assessment ADD KEY by_certifier_date_within (organization, certifier, state, assess_date, id)
