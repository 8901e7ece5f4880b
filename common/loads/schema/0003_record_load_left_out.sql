-- oldest-binary: 0.2.0
ALTER TABLE record_load ADD COLUMN left_out_count BIGINT NOT NULL DEFAULT 0 AFTER refused_count
