-- oldest-binary: 0.2.0
ALTER TABLE training_place ADD KEY by_sector_within (company, state, scian_class, id)
