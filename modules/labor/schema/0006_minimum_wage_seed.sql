-- oldest-binary: 0.1.0
-- Before 2019 there was no border zone, and earlier wages are not at hand.
INSERT IGNORE INTO minimum_wage (zone, effective_date, daily_centavos, source) VALUES
  (1, '2019-01-01', 10268, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2019 (DOF)'),
  (1, '2020-01-01', 12322, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2020 (DOF)'),
  (1, '2021-01-01', 14170, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2021 (DOF)'),
  (1, '2022-01-01', 17287, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2022 (DOF)'),
  (1, '2023-01-01', 20744, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2023 (DOF)'),
  (1, '2024-01-01', 24893, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2024 (DOF)'),
  (1, '2025-01-01', 27880, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2025 (DOF)'),
  (1, '2026-01-01', 31504, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2026 (DOF)'),
  (2, '2019-01-01', 17672, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2019 (DOF)'),
  (2, '2020-01-01', 18556, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2020 (DOF)'),
  (2, '2021-01-01', 21339, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2021 (DOF)'),
  (2, '2022-01-01', 26034, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2022 (DOF)'),
  (2, '2023-01-01', 31241, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2023 (DOF)'),
  (2, '2024-01-01', 37489, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2024 (DOF)'),
  (2, '2025-01-01', 41988, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2025 (DOF)'),
  (2, '2026-01-01', 44087, 'CONASAMI, salarios mínimos vigentes a partir del 1 de enero de 2026 (DOF)')
