-- oldest-binary: 0.2.0
-- The files of extracts, each in pieces of one length but for the last.
CREATE TABLE IF NOT EXISTS figure_extract_chunk (
  extract_id VARBINARY(63) NOT NULL,
  part INT NOT NULL COMMENT '0, 1, …',
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (extract_id, part)
) ENGINE=InnoDB
