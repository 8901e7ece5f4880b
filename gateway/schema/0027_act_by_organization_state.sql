-- oldest-binary: 0.2.0
ALTER TABLE act ADD KEY by_organization_state (organization, state, id)
