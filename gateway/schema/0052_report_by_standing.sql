-- oldest-binary: 0.2.0
ALTER TABLE report ADD KEY by_standing (state, report_definition, publish_time DESC, id)
