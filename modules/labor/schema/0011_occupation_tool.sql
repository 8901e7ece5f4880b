-- oldest-binary: 0.1.0
-- The names of occupations begin with their release, so by_occupation needs no other column for it.
CREATE TABLE IF NOT EXISTS occupation_tool (
  vocabulary_release VARBINARY(63) NOT NULL,
  id VARBINARY(63) NOT NULL COMMENT 'a digest of occupation and tool',
  version BIGINT NOT NULL,
  occupation VARBINARY(160) NOT NULL,
  tool VARCHAR(200) NOT NULL,
  commodity_code VARBINARY(8) NOT NULL COMMENT 'UNSPSC',
  commodity_title VARCHAR(200) NOT NULL,
  us_hot_technology TINYINT NOT NULL COMMENT 'about the United States',
  us_in_demand TINYINT NOT NULL COMMENT 'about the United States',
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (vocabulary_release, id),
  KEY by_occupation (occupation, tool, vocabulary_release, id),
  KEY by_tool (tool, vocabulary_release, occupation, id),
  KEY by_commodity (commodity_code, vocabulary_release, tool, occupation, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
