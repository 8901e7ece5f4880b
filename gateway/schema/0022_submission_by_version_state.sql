-- oldest-binary: 0.2.0
-- Which submission of a version is open, and since when.
ALTER TABLE submission ADD KEY by_version_state (microcredential_version, state, create_time, certifier, organization)
