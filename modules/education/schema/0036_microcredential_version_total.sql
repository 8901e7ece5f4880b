-- oldest-binary: 0.2.0
-- What was there before has no parts.
UPDATE microcredential_version SET total_hours = workload_hours WHERE total_hours = 0
