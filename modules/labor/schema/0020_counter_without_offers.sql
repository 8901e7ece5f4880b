-- oldest-binary: 0.2.0
-- Vacancies and posts (measures 2 and 3), which 0023 counts by day and source, and what vacancies that
-- state no class are, which nobody asks. Entries without a position yet may bring some back: they are
-- read no more.
DELETE FROM counter WHERE measure IN (2, 3) OR cut LIKE '%|-'
