-- oldest-binary: 0.2.0
-- In which months how many were offered (measure 4), as months since 1970-01.
INSERT INTO histogram_value (cut, measure, value, n)
SELECT cut, 4, month, COUNT(*) FROM (
  SELECT CONCAT('P|', IF(record_kind = 1, 'R', 'G'), '|', IF(every_state = 1, '*', state_code), '|',
    IF(every_class = 1, '*', IF(scian_class = '', '-', scian_class))) AS cut,
    (YEAR(offer_date) - 1970) * 12 + MONTH(offer_date) - 1 AS month
  FROM vacancy, (SELECT 0 AS every_state UNION ALL SELECT 1) AS states,
    (SELECT 0 AS every_class UNION ALL SELECT 1) AS classes
  WHERE state = 1) AS counted
GROUP BY cut, month
ON DUPLICATE KEY UPDATE n = VALUES(n)
