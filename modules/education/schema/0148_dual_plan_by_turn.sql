-- oldest-binary: 0.2.0
ALTER TABLE dual_plan ADD KEY by_turn (turn, organization, id)
