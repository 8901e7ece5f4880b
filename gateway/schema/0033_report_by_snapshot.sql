-- oldest-binary: 0.2.0
ALTER TABLE report ADD KEY by_snapshot (snapshot_of, report_definition, definition_version)
