-- oldest-binary: 0.2.0
ALTER TABLE competence_standard ADD COLUMN skills MEDIUMBLOB NULL COMMENT 'CompetenceStandard with skills alone'
