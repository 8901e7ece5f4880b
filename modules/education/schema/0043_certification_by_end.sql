-- oldest-binary: 0.2.0
ALTER TABLE certification ADD KEY by_end (certifier, state, end_date, id)
