-- oldest-binary: 0.2.0
ALTER TABLE sharing_agreement ADD KEY in_force (guest, state, end_date)
