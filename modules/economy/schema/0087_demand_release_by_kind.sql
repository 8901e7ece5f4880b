-- oldest-binary: 0.2.0
ALTER TABLE demand_release ADD KEY by_kind (record_kind, number)
