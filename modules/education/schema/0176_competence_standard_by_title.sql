-- oldest-binary: 0.2.0
ALTER TABLE competence_standard ADD KEY by_title (title_slug, id)
