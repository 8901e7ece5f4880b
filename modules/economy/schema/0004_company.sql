-- oldest-binary: 0.1.0
CREATE TABLE IF NOT EXISTS company (
  id VARBINARY(63) NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  legal_name VARCHAR(200) NOT NULL,
  rfc VARCHAR(12) NOT NULL COMMENT 'of legal persons alone',
  rfc_check_digit_differs TINYINT NOT NULL,
  scian_class VARBINARY(6) NOT NULL,
  state_code VARBINARY(2) NOT NULL,
  chambers MEDIUMBLOB NULL COMMENT 'Company with chambers alone',
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  KEY by_state (state_code, id),
  KEY by_scian (scian_class, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
