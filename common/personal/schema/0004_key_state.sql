-- oldest-binary: 0.2.0
-- epoch: whose key wraps new keys; nobody wraps with an earlier one any more. erasures: the last
-- one's number.
CREATE TABLE IF NOT EXISTS key_state (
  name VARBINARY(20) NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (name)
) ENGINE=InnoDB
