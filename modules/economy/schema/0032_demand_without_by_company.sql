-- oldest-binary: 0.2.0
ALTER TABLE demand_statement DROP KEY by_company
