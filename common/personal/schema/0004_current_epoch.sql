-- oldest-binary: 0.2.0
-- Whose key wraps new keys; nobody wraps with an earlier one any more. All rows say the same: who adds
-- a key writes one of them, so that calls seldom wait for each other, and who begins an epoch all.
CREATE TABLE IF NOT EXISTS current_epoch (
  number INT NOT NULL,
  epoch INT NOT NULL COMMENT '0 before there was one',
  guard BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (number)
) ENGINE=InnoDB
