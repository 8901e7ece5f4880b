-- oldest-binary: 0.2.0
ALTER TABLE certification ADD COLUMN teach_out_date DATE NULL COMMENT 'of TEACH_OUT' AFTER state_date
