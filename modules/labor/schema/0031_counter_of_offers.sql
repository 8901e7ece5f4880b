-- oldest-binary: 0.2.0
-- How many vacancies each source offered (measure 60), and how many posts beyond the first of each (61):
-- in all, and by month, as modules/labor/vacancy_statistics/cuts.h names the cuts. Entries without a
-- position yet hold none of these measures, so none counts twice.
INSERT INTO counter (cut, measure, n)
SELECT cut, measure, SUM(n) FROM (
  SELECT CONCAT(IF(by_month = 1, 'M|', 'S|'), IF(record_kind = 1, 'R', 'G'), '|',
    IF(every_state = 1, '*', state_code), '|',
    IF(every_class = 1, '*', IF(scian_class = '', '-', scian_class)), '|', source,
    IF(by_month = 1, DATE_FORMAT(offer_date, '|%Y-%m'), '')) AS cut,
    measure, IF(measure = 60, 1, post_count - 1) AS n
  FROM vacancy, (SELECT 0 AS every_state UNION ALL SELECT 1) AS states,
    (SELECT 0 AS every_class UNION ALL SELECT 1) AS classes,
    (SELECT 0 AS by_month UNION ALL SELECT 1) AS periods,
    (SELECT 60 AS measure UNION ALL SELECT 61) AS measures
  WHERE state = 1 AND (measure = 60 OR post_count > 1)) AS counted
GROUP BY cut, measure
ON DUPLICATE KEY UPDATE n = VALUES(n)
