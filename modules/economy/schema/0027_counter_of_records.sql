-- oldest-binary: 0.2.0
-- How many records there are, by table and kind (common/resource/record_counts.h). No entry without a
-- position yet holds this measure, so none counts twice.
INSERT INTO counter (cut, measure, n)
SELECT IF(record_kind = 2, 'N|sector_table|G', 'N|sector_table|R') AS cut, 1, COUNT(*) AS n FROM sector_table GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|demand_statement|G', 'N|demand_statement|R') AS cut, 1, COUNT(*) AS n FROM demand_statement GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|chamber|G', 'N|chamber|R') AS cut, 1, COUNT(*) AS n FROM chamber GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|company|G', 'N|company|R') AS cut, 1, COUNT(*) AS n FROM company GROUP BY cut UNION ALL
SELECT IF(record_kind = 2, 'N|consent|G', 'N|consent|R') AS cut, 1, COUNT(*) AS n FROM consent GROUP BY cut
ON DUPLICATE KEY UPDATE n = VALUES(n)
