-- oldest-binary: 0.2.0
-- Whether a load of a source is being taken back, which every chunk of another asks.
ALTER TABLE vacancy_load ADD KEY by_state (state, source, record_kind)
