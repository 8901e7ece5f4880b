-- oldest-binary: 0.2.0
-- The title as it is searched for: letters and digits in lower case without accents, and hyphens.
ALTER TABLE microcredential_version ADD COLUMN title_slug VARBINARY(200) NOT NULL DEFAULT ''
