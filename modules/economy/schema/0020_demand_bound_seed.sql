-- oldest-binary: 0.2.0
-- Three times the most workers of the size, as the stratification of the DOF of 2009-06-30 has them; of
-- large companies a number that few exceed.
INSERT IGNORE INTO demand_bound (effective_date, size, heads, source) VALUES
  ('2026-01-01', 1, 30, 'puente-proposal'),
  ('2026-01-01', 2, 150, 'puente-proposal'),
  ('2026-01-01', 3, 750, 'puente-proposal'),
  ('2026-01-01', 4, 25000, 'puente-proposal')
