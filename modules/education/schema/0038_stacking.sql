-- oldest-binary: 0.2.0
-- One row. Whoever publishes what stacks writes here, so that nobody else does meanwhile.
CREATE TABLE IF NOT EXISTS stacking (
  id TINYINT NOT NULL PRIMARY KEY,
  guard BIGINT NOT NULL
) ENGINE=InnoDB
