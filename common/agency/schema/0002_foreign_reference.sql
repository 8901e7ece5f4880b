-- oldest-binary: 0.1.0
-- Which resources refer to a foreign_name, as of the journal's position in foreign_reference_head.
CREATE TABLE IF NOT EXISTS foreign_reference (
  name_id BIGINT UNSIGNED NOT NULL COMMENT 'foreign_name.id',
  resource VARBINARY(300) NOT NULL,
  field VARBINARY(200) NOT NULL COMMENT 'as a field mask writes it',
  PRIMARY KEY (name_id, resource, field),
  KEY by_resource (resource)
) ENGINE=InnoDB
