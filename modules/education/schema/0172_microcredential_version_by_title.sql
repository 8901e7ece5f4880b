-- oldest-binary: 0.2.0
ALTER TABLE microcredential_version ADD KEY by_title (state, title_slug, microcredential, number)
