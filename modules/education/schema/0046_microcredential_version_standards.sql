-- oldest-binary: 0.2.0
ALTER TABLE microcredential_version ADD COLUMN competence_standards MEDIUMBLOB NULL COMMENT 'MicrocredentialVersion with competence_standards alone; NULL for none'
