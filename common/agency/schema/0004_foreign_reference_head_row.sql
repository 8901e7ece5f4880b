-- oldest-binary: 0.1.0
INSERT IGNORE INTO foreign_reference_head (id, position) VALUES (1, 0)
