-- oldest-binary: 0.2.0
-- The oldest one of which there is a file.
ALTER TABLE figure_extract ADD KEY by_state (state, create_time)
