-- oldest-binary: 0.2.0
-- On which days of each month how many were offered (measure 2), and how many posts beyond the first of
-- each (3): what 0023 counted in cuts where the days of one month could not be read alone.
INSERT INTO histogram_value (cut, measure, value, n)
SELECT cut, measure, day, SUM(n) FROM (
  SELECT CONCAT('D|', IF(record_kind = 1, 'R', 'G'), '|', IF(every_state = 1, '*', state_code), '|',
    DATE_FORMAT(offer_date, '%Y-%m'), '|', IF(every_class = 1, '*', scian_class), '|', source) AS cut,
    measure, DATEDIFF(offer_date, '1970-01-01') AS day, IF(measure = 2, 1, post_count - 1) AS n
  FROM vacancy, (SELECT 0 AS every_state UNION ALL SELECT 1) AS states,
    (SELECT 0 AS every_class UNION ALL SELECT 1) AS classes,
    (SELECT 2 AS measure UNION ALL SELECT 3) AS measures
  WHERE state = 1 AND (every_class = 1 OR scian_class <> '') AND (measure = 2 OR post_count > 1)) AS counted
GROUP BY cut, measure, day
ON DUPLICATE KEY UPDATE n = VALUES(n)
