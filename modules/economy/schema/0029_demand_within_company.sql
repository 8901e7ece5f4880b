-- oldest-binary: 0.2.0
-- companies/acme becomes acme, a part of the name; what took a statement's place is of the same company.
-- Assignments are made from left to right.
UPDATE demand_statement
SET superseded_by = IF(superseded_by = '', '', CONCAT(company, '/', superseded_by)),
    company = SUBSTRING(company, 11)
WHERE company LIKE 'companies/%'
