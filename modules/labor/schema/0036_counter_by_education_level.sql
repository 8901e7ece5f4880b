-- oldest-binary: 0.2.0
-- How many vacancies of each level of schooling were offered in a month (measure 60), how many posts
-- beyond the first of each (61), their verdicts (10 and the outcome), and how many state no class (62),
-- as modules/labor/vacancy_statistics/cuts.h names the cuts. Entries without a position yet hold none of
-- these cuts, so none counts twice.
INSERT INTO counter (cut, measure, n)
SELECT cut, measure, SUM(n) FROM (
  SELECT CONCAT('E|', IF(record_kind = 1, 'R', 'G'), '|', IF(every_state = 1, '*', state_code), '|',
    education_level, DATE_FORMAT(offer_date, '|%Y-%m')) AS cut,
    CASE aspect
      WHEN 10 THEN 10 + verdict
      WHEN 61 THEN IF(post_count > 1, 61, NULL)
      WHEN 62 THEN IF(scian_class = '', 62, NULL)
      ELSE aspect
    END AS measure,
    IF(aspect = 61, post_count - 1, 1) AS n
  FROM vacancy, (SELECT 0 AS every_state UNION ALL SELECT 1) AS states,
    (SELECT 10 AS aspect UNION ALL SELECT 60 UNION ALL SELECT 61 UNION ALL SELECT 62) AS aspects
  WHERE state = 1) AS counted
WHERE measure IS NOT NULL
GROUP BY cut, measure
ON DUPLICATE KEY UPDATE n = VALUES(n)
