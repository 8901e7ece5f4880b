-- oldest-binary: 0.2.0
-- What published versions stack on; written when a version is published, and final like it.
CREATE TABLE IF NOT EXISTS stacking_edge (
  microcredential VARBINARY(63) NOT NULL,
  stacks_on VARBINARY(63) NOT NULL COMMENT 'the microcredential of a part or of what is asked for before',
  number INT NOT NULL COMMENT 'of the version that says so',
  PRIMARY KEY (microcredential, stacks_on, number)
) ENGINE=InnoDB
