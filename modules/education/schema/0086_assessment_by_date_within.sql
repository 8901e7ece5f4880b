-- oldest-binary: 0.2.0
ALTER TABLE assessment ADD KEY by_date_within (organization, state, assess_date, id)
