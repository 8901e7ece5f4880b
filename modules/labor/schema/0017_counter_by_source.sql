-- oldest-binary: 0.2.0
-- The open vacancies (measure 2) of each source in each of their four cuts, as
-- modules/labor/vacancy_statistics/cuts.h names them. Entries without a position yet are in no cut of
-- this form, so none counts twice.
INSERT INTO counter (cut, measure, n)
SELECT cut, 2, COUNT(*) FROM (
  SELECT CONCAT('S|', IF(record_kind = 1, 'R', 'G'), '|', IF(every_state = 1, '*', state_code), '|',
    IF(every_class = 1, '*', IF(scian_class = '', '-', scian_class)), '|', source) AS cut
  FROM vacancy, (SELECT 0 AS every_state UNION ALL SELECT 1) AS states,
    (SELECT 0 AS every_class UNION ALL SELECT 1) AS classes
  WHERE state = 1) AS counted
GROUP BY cut
ON DUPLICATE KEY UPDATE n = VALUES(n)
