-- oldest-binary: 0.2.0
-- How many records there are, by table and kind (common/resource/record_counts.h). No entry without a
-- position yet holds this measure, so none counts twice.
INSERT INTO counter (cut, measure, n)
SELECT IF(record_kind = 2, 'N|technology|G', 'N|technology|R') AS cut, 1, COUNT(*) AS n FROM technology GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|skill_signal|G', 'N|skill_signal|R') AS cut, 1, COUNT(*) AS n FROM skill_signal GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|innovation_project|G', 'N|innovation_project|R') AS cut, 1, COUNT(*) AS n FROM innovation_project GROUP BY cut
ON DUPLICATE KEY UPDATE n = VALUES(n)
