-- oldest-binary: 0.2.0
-- What became of a version, at whichever bodies.
ALTER TABLE submission ADD KEY by_version (microcredential_version, create_time, certifier, id)
