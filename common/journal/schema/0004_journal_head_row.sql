-- oldest-binary: 0.1.0
INSERT IGNORE INTO journal_head (id, epoch, next_position, swept_id) VALUES (1, 1, 1, 0)
