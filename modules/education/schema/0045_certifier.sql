-- oldest-binary: 0.2.0
-- Bodies that have certified something, and those that have left: these record nothing any more, and
-- what they have recorded is ended. The guard has one wait for the other.
CREATE TABLE IF NOT EXISTS certifier (
  name VARBINARY(80) NOT NULL PRIMARY KEY,
  guard BIGINT NOT NULL,
  state_date DATE NULL COMMENT 'first day on which nobody begins; NULL: it has not left',
  teach_out_date DATE NULL,
  reason VARCHAR(500) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
