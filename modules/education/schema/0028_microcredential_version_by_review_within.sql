-- oldest-binary: 0.2.0
ALTER TABLE microcredential_version ADD KEY by_review_within (microcredential, state, review_day, number)
