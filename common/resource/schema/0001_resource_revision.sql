-- oldest-binary: 0.1.0
-- States of resources before the last one, of those that keep them.
CREATE TABLE IF NOT EXISTS resource_revision (
  name VARBINARY(300) NOT NULL,
  version BIGINT NOT NULL,
  snapshot MEDIUMBLOB NULL COMMENT 'the resource in wire format; NULL: deleted with this version',
  PRIMARY KEY (name, version)
) ENGINE=InnoDB
