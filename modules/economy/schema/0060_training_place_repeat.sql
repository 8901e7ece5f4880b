-- oldest-binary: 0.2.0
-- The first of the live offers that say the same, under which those of others are joined.
CREATE TABLE IF NOT EXISTS training_place_repeat (
  content VARBINARY(32) NOT NULL COMMENT 'digest of what repeats have in common',
  training_place VARBINARY(160) NOT NULL,
  chamber VARBINARY(80) NOT NULL COMMENT 'who offered it; empty for the company itself',
  PRIMARY KEY (content),
  KEY by_place (training_place)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
