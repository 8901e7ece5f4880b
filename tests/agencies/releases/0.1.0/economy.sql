INSERT INTO chamber (id, version, label_es, label_en, state_code, source, record_kind, create_time, update_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
INSERT INTO company (id, version, legal_name, rfc, rfc_check_digit_differs, scian_class, state_code, chambers, source, record_kind, create_time, update_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
INSERT INTO demand_statement (id, version, state, company, skill, level, heads, start_date, end_date, state_code, scian_class, occupation_code, superseded_by, source, record_kind, create_time, update_time, current_need) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
INSERT INTO journal_entry (request_key, fingerprint, answer, canonical, digest, leaves, deltas, create_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
INSERT INTO journal_position (position, entry_id, leaf_hash) VALUES (?, ?, ?)
INSERT INTO resource_revision (name, version, snapshot) VALUES (?, ?, ?)
INSERT INTO sector_table (id, version, label_es, label_en, scian_prefixes, source, record_kind, create_time, update_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
SELECT 1
SELECT CONCAT('chambers/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, state_code, source, record_kind, create_time, update_time FROM chamber WHERE id = ?
SELECT CONCAT('chambers/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, state_code, source, record_kind, create_time, update_time FROM chamber WHERE id IN (?)
SELECT CONCAT('chambers/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, state_code, source, record_kind, create_time, update_time, id AS _id FROM chamber FORCE INDEX (PRIMARY) ORDER BY id LIMIT ?
SELECT CONCAT('chambers/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, state_code, source, record_kind, create_time, update_time, id AS _id FROM chamber FORCE INDEX (PRIMARY) WHERE ((id > ?)) ORDER BY id LIMIT ?
SELECT CONCAT('chambers/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, state_code, source, record_kind, create_time, update_time, id AS _id FROM chamber FORCE INDEX (by_state) WHERE state_code = ? ORDER BY id LIMIT ?
SELECT CONCAT('companies/', id) AS name, CONCAT('v', version) AS etag, legal_name, rfc, rfc_check_digit_differs, scian_class, state_code, chambers, source, record_kind, create_time, update_time FROM company WHERE id = ?
SELECT CONCAT('companies/', id) AS name, CONCAT('v', version) AS etag, legal_name, rfc, rfc_check_digit_differs, scian_class, state_code, chambers, source, record_kind, create_time, update_time FROM company WHERE id IN (?)
SELECT CONCAT('companies/', id) AS name, CONCAT('v', version) AS etag, legal_name, rfc, rfc_check_digit_differs, scian_class, state_code, chambers, source, record_kind, create_time, update_time, id AS _id FROM company FORCE INDEX (PRIMARY) ORDER BY id LIMIT ?
SELECT CONCAT('companies/', id) AS name, CONCAT('v', version) AS etag, legal_name, rfc, rfc_check_digit_differs, scian_class, state_code, chambers, source, record_kind, create_time, update_time, id AS _id FROM company FORCE INDEX (PRIMARY) WHERE ((id > ?)) ORDER BY id LIMIT ?
SELECT CONCAT('companies/', id) AS name, CONCAT('v', version) AS etag, legal_name, rfc, rfc_check_digit_differs, scian_class, state_code, chambers, source, record_kind, create_time, update_time, scian_class AS _scian_class, id AS _id FROM company FORCE INDEX (by_scian) WHERE scian_class >= ? AND scian_class < ? ORDER BY scian_class, id LIMIT ?
SELECT CONCAT('demandStatements/', id) AS name, CONCAT('v', version) AS etag, state, company, skill, level, heads, start_date, end_date, state_code, scian_class, occupation_code, superseded_by, source, record_kind, create_time, update_time FROM demand_statement WHERE current_need = ? FOR UPDATE
SELECT CONCAT('demandStatements/', id) AS name, CONCAT('v', version) AS etag, state, company, skill, level, heads, start_date, end_date, state_code, scian_class, occupation_code, superseded_by, source, record_kind, create_time, update_time FROM demand_statement WHERE id = ?
SELECT CONCAT('demandStatements/', id) AS name, CONCAT('v', version) AS etag, state, company, skill, level, heads, start_date, end_date, state_code, scian_class, occupation_code, superseded_by, source, record_kind, create_time, update_time, id AS _id FROM demand_statement FORCE INDEX (PRIMARY) ORDER BY id LIMIT ?
SELECT CONCAT('demandStatements/', id) AS name, CONCAT('v', version) AS etag, state, company, skill, level, heads, start_date, end_date, state_code, scian_class, occupation_code, superseded_by, source, record_kind, create_time, update_time, id AS _id FROM demand_statement FORCE INDEX (PRIMARY) WHERE ((id > ?)) ORDER BY id LIMIT ?
SELECT CONCAT('demandStatements/', id) AS name, CONCAT('v', version) AS etag, state, company, skill, level, heads, start_date, end_date, state_code, scian_class, occupation_code, superseded_by, source, record_kind, create_time, update_time, id AS _id FROM demand_statement FORCE INDEX (by_company) WHERE company = ? ORDER BY id LIMIT ?
SELECT CONCAT('sectorTables/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, scian_prefixes, source, record_kind, create_time, update_time FROM sector_table ORDER BY id
SELECT CONCAT('sectorTables/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, scian_prefixes, source, record_kind, create_time, update_time FROM sector_table WHERE id = ?
SELECT CONCAT('sectorTables/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, scian_prefixes, source, record_kind, create_time, update_time FROM sector_table WHERE id IN (?)
SELECT CONCAT('sectorTables/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, scian_prefixes, source, record_kind, create_time, update_time, id AS _id FROM sector_table FORCE INDEX (PRIMARY) ORDER BY id LIMIT ?
SELECT CONCAT('sectorTables/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, scian_prefixes, source, record_kind, create_time, update_time, id AS _id FROM sector_table FORCE INDEX (PRIMARY) WHERE ((id > ?)) ORDER BY id LIMIT ?
SELECT COUNT(*) FROM demand_statement WHERE id = ?
SELECT COUNT(*) FROM migration
SELECT COUNT(*), CAST(SUM(record_kind = 2) AS SIGNED) FROM chamber
SELECT COUNT(*), CAST(SUM(record_kind = 2) AS SIGNED) FROM company
SELECT COUNT(*), CAST(SUM(record_kind = 2) AS SIGNED) FROM demand_statement
SELECT COUNT(*), CAST(SUM(record_kind = 2) AS SIGNED) FROM sector_table
SELECT MAX(entry_id) FROM journal_position
SELECT MIN(record_kind) FROM demand_statement
SELECT company, skill, state_code, scian_class, source, COUNT(*), CAST(SUM(heads) AS SIGNED), DATE_FORMAT(MIN(start_date), '%Y-%m-%d'), DATE_FORMAT(MAX(end_date), '%Y-%m-%d') FROM demand_statement FORCE INDEX (by_need) WHERE record_kind = ? AND state = ? GROUP BY state_code, scian_class, skill, company, source
SELECT component, number, checksum, oldest_binary FROM migration
SELECT e.id, e.digest, e.deltas FROM journal_entry e LEFT JOIN journal_position p ON p.entry_id = e.id WHERE e.id > ? AND e.id <= ? AND p.entry_id IS NULL ORDER BY e.id LIMIT 1000
SELECT epoch, next_position - 1 FROM journal_head WHERE id = 1
SELECT epoch, next_position, swept_id FROM journal_head WHERE id = 1
SELECT id FROM journal_entry WHERE id > ? AND id <= ? ORDER BY id
SELECT id, digest, deltas FROM journal_entry WHERE id > ? ORDER BY id LIMIT 1000
SELECT id, digest, deltas FROM journal_entry WHERE id IN (?) ORDER BY id
SELECT id, fingerprint, answer, TIMESTAMPDIFF(SECOND, create_time, ?) FROM journal_entry WHERE request_key = ?
SELECT version, snapshot FROM resource_revision WHERE name = ? AND version < ? AND snapshot IS NOT NULL ORDER BY version DESC LIMIT ?
UPDATE chamber SET version = version + 1, label_es = ?, label_en = ?, state_code = ?, source = ?, record_kind = ?, create_time = ?, update_time = ? WHERE id = ? AND version = ?
UPDATE company SET version = version + 1, legal_name = ?, rfc = ?, rfc_check_digit_differs = ?, scian_class = ?, state_code = ?, chambers = ?, source = ?, record_kind = ?, create_time = ?, update_time = ? WHERE id = ? AND version = ?
UPDATE demand_statement SET version = version + 1, state = ?, company = ?, skill = ?, level = ?, heads = ?, start_date = ?, end_date = ?, state_code = ?, scian_class = ?, occupation_code = ?, superseded_by = ?, source = ?, record_kind = ?, create_time = ?, update_time = ?, current_need = ? WHERE id = ? AND version = ?
UPDATE journal_head SET next_position = ? WHERE id = 1 AND epoch = ? AND next_position = ?
UPDATE journal_head SET swept_id = ? WHERE id = 1 AND epoch = ? AND swept_id < ?
UPDATE sector_table SET version = version + 1, label_es = ?, label_en = ?, scian_prefixes = ?, source = ?, record_kind = ?, create_time = ?, update_time = ? WHERE id = ? AND version = ?
