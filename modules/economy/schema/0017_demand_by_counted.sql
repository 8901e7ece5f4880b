-- oldest-binary: 0.2.0
-- Covers what figures read of the statements that count.
ALTER TABLE demand_statement ADD KEY by_counted (record_kind, state, state_code, standing, scian_class, skill, company, source, heads, start_date, end_date)
