-- oldest-binary: 0.1.0
-- How many, by cut and measure: the module says what they mean.
CREATE TABLE IF NOT EXISTS counter (
  cut VARBINARY(120) NOT NULL,
  measure SMALLINT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (cut, measure)
) ENGINE=InnoDB
