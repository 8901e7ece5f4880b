-- oldest-binary: 0.2.0
-- In which months how many were offered (measure 4), as months since 1970-01, for each prefix of a class
-- that may be asked for, of 2 digits and more.
INSERT INTO histogram_value (cut, measure, value, n)
SELECT cut, 4, month, COUNT(*) FROM (
  SELECT CONCAT('P|', IF(record_kind = 1, 'R', 'G'), '|', IF(every_state = 1, '*', state_code), '|',
    CASE digits WHEN 0 THEN '*' WHEN 1 THEN '-' ELSE LEFT(scian_class, digits) END) AS cut,
    (YEAR(offer_date) - 1970) * 12 + MONTH(offer_date) - 1 AS month
  FROM vacancy, (SELECT 0 AS every_state UNION ALL SELECT 1) AS states,
    (SELECT 0 AS digits UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
     UNION ALL SELECT 5 UNION ALL SELECT 6) AS prefixes
  WHERE state = 1 AND (digits = 0 OR (digits = 1 AND scian_class = '')
    OR (digits > 1 AND digits <= LENGTH(scian_class)))) AS counted
GROUP BY cut, month
ON DUPLICATE KEY UPDATE n = VALUES(n)
