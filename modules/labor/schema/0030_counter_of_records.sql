-- oldest-binary: 0.2.0
-- How many records there are, by table and kind (common/resource/record_counts.h). No entry without a
-- position yet holds this measure, so none counts twice.
INSERT INTO counter (cut, measure, n)
SELECT IF(record_kind = 2, 'N|skill|G', 'N|skill|R') AS cut, 1, COUNT(*) AS n FROM skill GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|vacancy|G', 'N|vacancy|R') AS cut, 1, COUNT(*) AS n FROM vacancy GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|vocabulary_release|G', 'N|vocabulary_release|R') AS cut, 1, COUNT(*) AS n FROM vocabulary_release GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|occupation|G', 'N|occupation|R') AS cut, 1, COUNT(*) AS n FROM occupation GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|occupation_tool|G', 'N|occupation_tool|R') AS cut, 1, COUNT(*) AS n FROM occupation_tool GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|released_skill|G', 'N|released_skill|R') AS cut, 1, COUNT(*) AS n FROM released_skill GROUP BY cut
ON DUPLICATE KEY UPDATE n = VALUES(n)
