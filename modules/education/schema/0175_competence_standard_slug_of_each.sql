-- oldest-binary: 0.2.0
-- As Slug() makes it (common/names/text.h), of the letters of Spanish.
UPDATE competence_standard SET title_slug = LEFT(TRIM(BOTH '-' FROM REGEXP_REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(LOWER(title_es), 'á', 'a'), 'é', 'e'), 'í', 'i'), 'ó', 'o'), 'ú', 'u'), 'ü', 'u'), 'ñ', 'n'), '[^a-z0-9]+', '-')), 200) WHERE title_slug = ''
