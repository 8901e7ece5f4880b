-- oldest-binary: 0.1.0
-- The coarse level of histogram_value: bucket = value / 65536, rounded down.
CREATE TABLE IF NOT EXISTS histogram_bucket (
  cut VARBINARY(120) NOT NULL,
  measure SMALLINT NOT NULL,
  bucket BIGINT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (cut, measure, bucket)
) ENGINE=InnoDB
