-- oldest-binary: 0.2.0
-- The wages (measure 1) of the cuts of 0025.
INSERT INTO histogram_value (cut, measure, value, n)
SELECT cut, 1, monthly_wage, COUNT(*) FROM (
  SELECT CONCAT('M|', IF(record_kind = 1, 'R', 'G'), '|', IF(every_state = 1, '*', state_code), '|',
    IF(every_class = 1, '*', scian_class), '|', source, '|', DATE_FORMAT(offer_date, '%Y-%m')) AS cut,
    monthly_wage
  FROM vacancy, (SELECT 0 AS every_state UNION ALL SELECT 1) AS states,
    (SELECT 0 AS every_class UNION ALL SELECT 1) AS classes
  WHERE state = 1 AND (every_class = 1 OR scian_class <> '') AND monthly_wage IS NOT NULL) AS counted
GROUP BY cut, monthly_wage
ON DUPLICATE KEY UPDATE n = VALUES(n)
