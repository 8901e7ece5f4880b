-- oldest-binary: 0.2.0
ALTER TABLE assessment ADD COLUMN dual_plans MEDIUMBLOB NULL COMMENT 'Assessment with dual_plans alone'
