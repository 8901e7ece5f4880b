-- oldest-binary: 0.2.0
-- Keyed hashes of persons' identifiers. They are gone with the key, from backups of the data as well.
CREATE TABLE IF NOT EXISTS person_identifier (
  hash_version INT NOT NULL COMMENT 'of the key that hashed it',
  hash VARBINARY(32) NOT NULL COMMENT 'of scheme and identifier',
  person VARBINARY(60) NOT NULL,
  PRIMARY KEY (hash_version, hash),
  KEY by_person (person)
) ENGINE=InnoDB
