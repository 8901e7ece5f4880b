-- oldest-binary: 0.2.0
-- How many records there are, by table and kind (common/resource/record_counts.h). No entry without a
-- position yet holds this measure, so none counts twice.
INSERT INTO counter (cut, measure, n)
SELECT IF(record_kind = 2, 'N|microcredential_version|G', 'N|microcredential_version|R') AS cut, 1, COUNT(*) AS n FROM microcredential_version GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|organization|G', 'N|organization|R') AS cut, 1, COUNT(*) AS n FROM organization GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|campus|G', 'N|campus|R') AS cut, 1, COUNT(*) AS n FROM campus GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|credit_rule|G', 'N|credit_rule|R') AS cut, 1, COUNT(*) AS n FROM credit_rule GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|program_version|G', 'N|program_version|R') AS cut, 1, COUNT(*) AS n FROM program_version GROUP BY cut
ON DUPLICATE KEY UPDATE n = VALUES(n)
