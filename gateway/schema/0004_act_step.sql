-- oldest-binary: 0.2.0
-- The requests of acts that are not over.
CREATE TABLE IF NOT EXISTS act_step (
  act VARBINARY(63) NOT NULL,
  number INT NOT NULL,
  owner VARBINARY(63) NOT NULL,
  take_method VARBINARY(200) NOT NULL,
  take_request MEDIUMBLOB NOT NULL,
  undo_method VARBINARY(200) NOT NULL COMMENT 'empty: it is the last, or need not be undone',
  undo_request MEDIUMBLOB NOT NULL,
  PRIMARY KEY (act, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
