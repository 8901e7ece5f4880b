-- oldest-binary: 0.2.0
ALTER TABLE award ADD KEY by_end_within (organization, state, end_day, id)
