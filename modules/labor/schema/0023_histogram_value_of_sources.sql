-- oldest-binary: 0.2.0
-- What each source offered on which day (measure 2), and how many posts beyond the first of each
-- vacancy (3), as modules/labor/vacancy_statistics/cuts.h names the cuts. No entry without a position
-- yet holds values in such a cut, so none counts twice.
INSERT INTO histogram_value (cut, measure, value, n)
SELECT cut, measure, day, SUM(n) FROM (
  SELECT CONCAT('S|', IF(record_kind = 1, 'R', 'G'), '|', IF(every_state = 1, '*', state_code), '|',
    IF(every_class = 1, '*', IF(scian_class = '', '-', scian_class)), '|', source) AS cut,
    measure, DATEDIFF(offer_date, '1970-01-01') AS day, IF(measure = 2, 1, post_count - 1) AS n
  FROM vacancy, (SELECT 0 AS every_state UNION ALL SELECT 1) AS states,
    (SELECT 0 AS every_class UNION ALL SELECT 1) AS classes,
    (SELECT 2 AS measure UNION ALL SELECT 3) AS measures
  WHERE state = 1 AND (measure = 2 OR post_count > 1)) AS counted
GROUP BY cut, measure, day
ON DUPLICATE KEY UPDATE n = VALUES(n)
