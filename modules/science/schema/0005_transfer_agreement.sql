-- oldest-binary: 0.2.0
CREATE TABLE IF NOT EXISTS transfer_agreement (
  id VARBINARY(63) NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  title_es VARCHAR(200) NOT NULL,
  title_en VARCHAR(200) NOT NULL,
  state TINYINT NOT NULL COMMENT 'puente.science.v1.TransferAgreementState',
  kind TINYINT NOT NULL COMMENT 'puente.science.v1.TransferKind',
  parties MEDIUMBLOB NOT NULL COMMENT 'TransferAgreement with parties alone',
  technology VARBINARY(80) NOT NULL,
  skills MEDIUMBLOB NULL COMMENT 'TransferAgreement with skills alone',
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  sign_date DATE NULL COMMENT 'NULL for a draft',
  results VARCHAR(2000) NOT NULL,
  state_reason VARCHAR(500) NOT NULL,
  source VARBINARY(64) NOT NULL,
  record_kind TINYINT NOT NULL COMMENT 'puente.type.v1.RecordKind',
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  KEY by_state (state, id),
  KEY by_technology (technology, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
