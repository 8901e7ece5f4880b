-- oldest-binary: 0.2.0
INSERT IGNORE INTO journal_token_key (id, secret) VALUES (1, RANDOM_BYTES(32))
