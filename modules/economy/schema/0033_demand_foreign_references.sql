-- oldest-binary: 0.2.0
-- What statements refer to in other agencies is kept by the statements' names.
UPDATE foreign_reference AS r
JOIN demand_statement AS d ON r.resource = CONCAT('demandStatements/', d.id)
SET r.resource = CONCAT('companies/', d.company, '/', r.resource)
