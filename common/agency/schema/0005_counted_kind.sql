-- oldest-binary: 0.1.0
-- Which kind of records counts, by collection and day. Rows are never changed: of one day, that with
-- the highest number holds.
CREATE TABLE IF NOT EXISTS counted_kind (
  number BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'in the order of their making',
  id VARBINARY(63) NOT NULL,
  collection VARBINARY(60) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  effective_date DATE NOT NULL,
  caller VARBINARY(120) NOT NULL COMMENT 'as the path of a SPIFFE id',
  actor VARBINARY(63) NOT NULL,
  create_time DATETIME(6) NOT NULL,
  UNIQUE KEY id (id),
  KEY in_force (collection, effective_date, number)
) ENGINE=InnoDB
