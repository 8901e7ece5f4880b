-- oldest-binary: 0.2.0
ALTER TABLE demand_statement ADD KEY by_standing (state, standing, company, id)
