-- oldest-binary: 0.2.0
ALTER TABLE company ADD KEY by_rfc (rfc, id)
