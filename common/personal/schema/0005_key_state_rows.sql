-- oldest-binary: 0.2.0
INSERT IGNORE INTO key_state (name, value) VALUES ('epoch', 0), ('erasures', 0)
