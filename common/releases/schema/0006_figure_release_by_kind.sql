-- oldest-binary: 0.2.0
ALTER TABLE figure_release ADD KEY by_kind (family, record_kind, number)
