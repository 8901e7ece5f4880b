-- oldest-binary: 0.2.0
-- Placement requests of which nobody has said yet what became of them.
CREATE TABLE IF NOT EXISTS placement_turn (
  number BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'in the order of their taking',
  request VARBINARY(160) NOT NULL COMMENT 'its whole name',
  organization VARBINARY(80) NOT NULL,
  under_way BOOLEAN NOT NULL COMMENT 'whether its act has begun',
  UNIQUE KEY request (request),
  KEY by_organization (under_way, organization, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
