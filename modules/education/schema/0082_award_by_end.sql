-- oldest-binary: 0.2.0
ALTER TABLE award ADD KEY by_end (state, end_day, organization, id)
