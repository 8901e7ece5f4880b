-- oldest-binary: 0.1.0
INSERT IGNORE INTO weekly_hours_limit (effective_date, weekly_minutes, source) VALUES
  ('1917-05-01', 2880, 'Constitución Política de los Estados Unidos Mexicanos, artículo 123 (texto de 1917)'),
  ('2027-01-01', 2760, 'Reforma constitucional del artículo 123, DOF 2026-03-03'),
  ('2028-01-01', 2640, 'Reforma constitucional del artículo 123, DOF 2026-03-03'),
  ('2029-01-01', 2520, 'Reforma constitucional del artículo 123, DOF 2026-03-03'),
  ('2030-01-01', 2400, 'Reforma constitucional del artículo 123, DOF 2026-03-03')
