-- oldest-binary: 0.2.0
-- Acknowledgements of the rows of loads: those of a transaction together, up to a row of the file.
CREATE TABLE IF NOT EXISTS record_load_rows (
  load_id VARBINARY(63) NOT NULL,
  last_row BIGINT NOT NULL,
  refused_count INT NOT NULL,
  content MEDIUMBLOB NOT NULL COMMENT 'puente.api.v1.ListLoadRowsResponse in wire format',
  PRIMARY KEY (load_id, last_row)
) ENGINE=InnoDB
