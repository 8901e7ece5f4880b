-- oldest-binary: 0.1.0
CREATE TABLE IF NOT EXISTS histogram_value (
  cut VARBINARY(120) NOT NULL,
  measure SMALLINT NOT NULL,
  value BIGINT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (cut, measure, value)
) ENGINE=InnoDB
