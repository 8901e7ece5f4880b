-- oldest-binary: 0.1.0
-- by_code reads the codes of all releases, which a list of one release's would have to pass over.
ALTER TABLE occupation ADD KEY by_release_code (vocabulary_release, code, id)
