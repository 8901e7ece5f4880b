-- oldest-binary: 0.2.0
-- Of the open vacancies, in each of their four cuts: how many don't say which languages they ask for
-- (measure 6) or how long a day is (7), and how many may lie in the border zone (8): all, since zones
-- were not recorded. No entry without a position yet holds these measures, so none counts twice.
INSERT INTO counter (cut, measure, n)
SELECT cut, measure, COUNT(*) FROM (
  SELECT CONCAT(IF(record_kind = 1, 'R', 'G'), '|', IF(every_state = 1, '*', state_code), '|',
    IF(every_class = 1, '*', IF(scian_class = '', '-', scian_class))) AS cut, measure
  FROM vacancy, (SELECT 0 AS every_state UNION ALL SELECT 1) AS states,
    (SELECT 0 AS every_class UNION ALL SELECT 1) AS classes,
    (SELECT 6 AS measure UNION ALL SELECT 7 UNION ALL SELECT 8) AS measures
  WHERE state = 1 AND (measure = 6 AND languages IS NULL OR measure = 7 AND minutes_a_day = 0
    OR measure = 8)) AS counted
GROUP BY cut, measure
ON DUPLICATE KEY UPDATE n = VALUES(n)
