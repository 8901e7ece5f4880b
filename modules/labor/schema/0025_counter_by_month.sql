-- oldest-binary: 0.2.0
-- What the vacancies of a source are that were offered in a month: the measures of cuts.h. Outcomes
-- and wage zones stand at fixed places in puente.labor.v1.Quality, whose first field is always
-- "quality-job/1": the outcomes at every second byte from the 17th, the zones from the 26th. English
-- is the bytes of a field with two letters.
INSERT INTO counter (cut, measure, n)
SELECT cut, measure, COUNT(*) FROM (
  SELECT CONCAT('M|', IF(record_kind = 1, 'R', 'G'), '|', IF(every_state = 1, '*', state_code), '|',
    IF(every_class = 1, '*', scian_class), '|', source, '|', DATE_FORMAT(offer_date, '%Y-%m')) AS cut,
    CASE aspect
      WHEN 4 THEN IF(LOCATE(x'0A02656E', languages) > 0, 4, NULL)
      WHEN 5 THEN IF(minutes_a_day = 1440, 5, NULL)
      WHEN 6 THEN IF(languages IS NULL AND languages_not_required = 0, 6, NULL)
      WHEN 7 THEN IF(minutes_a_day = 0, 7, NULL)
      WHEN 8 THEN IF(SUBSTRING(quality, 26) <> x'3A0101', 8, NULL)
      WHEN 9 THEN IF(SUBSTRING(quality, 26) = x'3A0102', 9, NULL)
      WHEN 10 THEN 10 + ORD(SUBSTRING(quality, 17, 1))
      WHEN 20 THEN 20 + ORD(SUBSTRING(quality, 19, 1))
      WHEN 30 THEN 30 + ORD(SUBSTRING(quality, 21, 1))
      WHEN 40 THEN 40 + ORD(SUBSTRING(quality, 23, 1))
      WHEN 50 THEN 50 + ORD(SUBSTRING(quality, 25, 1))
    END AS measure
  FROM vacancy, (SELECT 0 AS every_state UNION ALL SELECT 1) AS states,
    (SELECT 0 AS every_class UNION ALL SELECT 1) AS classes,
    (SELECT 4 AS aspect UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8
     UNION ALL SELECT 9 UNION ALL SELECT 10 UNION ALL SELECT 20 UNION ALL SELECT 30
     UNION ALL SELECT 40 UNION ALL SELECT 50) AS aspects
  WHERE state = 1 AND (every_class = 1 OR scian_class <> '')) AS counted
WHERE measure IS NOT NULL
GROUP BY cut, measure
ON DUPLICATE KEY UPDATE n = VALUES(n)
