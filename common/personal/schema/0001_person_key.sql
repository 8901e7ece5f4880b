-- oldest-binary: 0.2.0
-- What seals a person's data, itself sealed with the key of an epoch (docs/decisions/0054). A schema
-- of its own, with a user and backups of its own.
CREATE TABLE IF NOT EXISTS person_key (
  person VARBINARY(60) NOT NULL COMMENT 'says nothing, and is never used twice',
  epoch INT NOT NULL COMMENT 'whose key opens this one',
  wrapped VARBINARY(100) NOT NULL,
  guard BIGINT NOT NULL DEFAULT 0 COMMENT 'written by what rests on the key being there',
  create_time DATETIME(6) NOT NULL COMMENT 'or when a call last set out to make the row of its person',
  PRIMARY KEY (person),
  KEY by_epoch (epoch, person),
  KEY by_create_time (create_time, person)
) ENGINE=InnoDB
