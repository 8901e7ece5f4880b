-- oldest-binary: 0.2.0
ALTER TABLE microcredential_version ADD KEY by_review (state, review_day, microcredential, number)
