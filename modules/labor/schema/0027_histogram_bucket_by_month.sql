-- oldest-binary: 0.2.0
-- The coarse level of 0026.
INSERT INTO histogram_bucket (cut, measure, bucket, n)
SELECT cut, 1, FLOOR(monthly_wage / 65536) AS bucket, COUNT(*) FROM (
  SELECT CONCAT('M|', IF(record_kind = 1, 'R', 'G'), '|', IF(every_state = 1, '*', state_code), '|',
    IF(every_class = 1, '*', scian_class), '|', source, '|', DATE_FORMAT(offer_date, '%Y-%m')) AS cut,
    monthly_wage
  FROM vacancy, (SELECT 0 AS every_state UNION ALL SELECT 1) AS states,
    (SELECT 0 AS every_class UNION ALL SELECT 1) AS classes
  WHERE state = 1 AND (every_class = 1 OR scian_class <> '') AND monthly_wage IS NOT NULL) AS counted
GROUP BY cut, bucket
ON DUPLICATE KEY UPDATE n = VALUES(n)
