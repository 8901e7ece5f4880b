-- oldest-binary: 0.1.0
-- Names of other agencies' resources that resources here refer to, once for each owner of these.
CREATE TABLE IF NOT EXISTS foreign_name (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  target VARBINARY(300) NOT NULL COMMENT 'the name',
  target_type VARBINARY(100) NOT NULL COMMENT 'as google.api.resource says it',
  reader VARBINARY(120) NOT NULL COMMENT 'the owner, as the path of a SPIFFE id',
  resolution TINYINT NOT NULL DEFAULT 0 COMMENT 'puente.api.v1.Resolution',
  state VARBINARY(100) NOT NULL DEFAULT '' COMMENT 'of what was found',
  since_time DATETIME(6) NULL COMMENT 'since when it is known to be so',
  check_time DATETIME(6) NOT NULL COMMENT 'when it is to be looked up next',
  unresolved TINYINT NOT NULL DEFAULT 0 COMMENT '1: MISSING or UNKNOWN',
  UNIQUE KEY name (target, target_type, reader),
  KEY by_check (check_time),
  KEY by_unresolved (unresolved, id),
  KEY by_reader (unresolved, reader, id)
) ENGINE=InnoDB
