-- oldest-binary: 0.2.0
INSERT IGNORE INTO journal_index_head (id, position) VALUES (1, 0)
