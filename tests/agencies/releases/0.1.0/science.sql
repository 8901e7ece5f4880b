DELETE FROM skill_signal WHERE id = ? AND version = ?
INSERT INTO innovation_project (id, version, title_es, title_en, state, partners, technologies, sector_table, start_date, end_date, result, source, record_kind, create_time, update_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
INSERT INTO journal_entry (request_key, fingerprint, answer, canonical, digest, leaves, deltas, create_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
INSERT INTO journal_position (position, entry_id, leaf_hash) VALUES (?, ?, ?)
INSERT INTO resource_revision (name, version, snapshot) VALUES (?, ?, ?)
INSERT INTO skill_signal (id, version, skill, technology, sector_table, horizon_date, confidence, source, record_kind, create_time, update_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
INSERT INTO technology (id, version, label_es, label_en, readiness_level, evidence, source, record_kind, create_time, update_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
SELECT 1
SELECT CONCAT('innovationProjects/', id) AS name, CONCAT('v', version) AS etag, title_es, title_en, state, partners, technologies, sector_table, start_date, end_date, result, source, record_kind, create_time, update_time FROM innovation_project WHERE id = ?
SELECT CONCAT('innovationProjects/', id) AS name, CONCAT('v', version) AS etag, title_es, title_en, state, partners, technologies, sector_table, start_date, end_date, result, source, record_kind, create_time, update_time FROM innovation_project WHERE id IN (?)
SELECT CONCAT('innovationProjects/', id) AS name, CONCAT('v', version) AS etag, title_es, title_en, state, partners, technologies, sector_table, start_date, end_date, result, source, record_kind, create_time, update_time, end_date AS _end_date, id AS _id FROM innovation_project FORCE INDEX (by_end) WHERE sector_table = ? AND ((end_date < ?) OR (end_date = ? AND id < ?)) ORDER BY end_date DESC, id DESC LIMIT ?
SELECT CONCAT('innovationProjects/', id) AS name, CONCAT('v', version) AS etag, title_es, title_en, state, partners, technologies, sector_table, start_date, end_date, result, source, record_kind, create_time, update_time, end_date AS _end_date, id AS _id FROM innovation_project FORCE INDEX (by_end) WHERE sector_table = ? ORDER BY end_date DESC, id DESC LIMIT ?
SELECT CONCAT('innovationProjects/', id) AS name, CONCAT('v', version) AS etag, title_es, title_en, state, partners, technologies, sector_table, start_date, end_date, result, source, record_kind, create_time, update_time, id AS _id FROM innovation_project FORCE INDEX (PRIMARY) ORDER BY id LIMIT ?
SELECT CONCAT('innovationProjects/', id) AS name, CONCAT('v', version) AS etag, title_es, title_en, state, partners, technologies, sector_table, start_date, end_date, result, source, record_kind, create_time, update_time, id AS _id FROM innovation_project FORCE INDEX (PRIMARY) WHERE ((id > ?)) ORDER BY id LIMIT ?
SELECT CONCAT('innovationProjects/', id) AS name, CONCAT('v', version) AS etag, title_es, title_en, state, partners, technologies, sector_table, start_date, end_date, result, source, record_kind, create_time, update_time, id AS _id FROM innovation_project FORCE INDEX (by_sector) WHERE sector_table = ? ORDER BY id LIMIT ?
SELECT CONCAT('skillSignals/', id) AS name, CONCAT('v', version) AS etag, skill, technology, sector_table, horizon_date, confidence, source, record_kind, create_time, update_time FROM skill_signal WHERE id = ?
SELECT CONCAT('skillSignals/', id) AS name, CONCAT('v', version) AS etag, skill, technology, sector_table, horizon_date, confidence, source, record_kind, create_time, update_time FROM skill_signal WHERE id IN (?)
SELECT CONCAT('skillSignals/', id) AS name, CONCAT('v', version) AS etag, skill, technology, sector_table, horizon_date, confidence, source, record_kind, create_time, update_time, horizon_date AS _horizon_date, id AS _id FROM skill_signal FORCE INDEX (by_sector) WHERE sector_table = ? AND ((horizon_date > ?) OR (horizon_date = ? AND id > ?)) ORDER BY horizon_date, id LIMIT ?
SELECT CONCAT('skillSignals/', id) AS name, CONCAT('v', version) AS etag, skill, technology, sector_table, horizon_date, confidence, source, record_kind, create_time, update_time, horizon_date AS _horizon_date, id AS _id FROM skill_signal FORCE INDEX (by_sector) WHERE sector_table = ? ORDER BY horizon_date, id LIMIT ?
SELECT CONCAT('skillSignals/', id) AS name, CONCAT('v', version) AS etag, skill, technology, sector_table, horizon_date, confidence, source, record_kind, create_time, update_time, id AS _id FROM skill_signal FORCE INDEX (PRIMARY) ORDER BY id LIMIT ?
SELECT CONCAT('skillSignals/', id) AS name, CONCAT('v', version) AS etag, skill, technology, sector_table, horizon_date, confidence, source, record_kind, create_time, update_time, id AS _id FROM skill_signal FORCE INDEX (PRIMARY) WHERE ((id > ?)) ORDER BY id LIMIT ?
SELECT CONCAT('skillSignals/', id) AS name, CONCAT('v', version) AS etag, skill, technology, sector_table, horizon_date, confidence, source, record_kind, create_time, update_time, id AS _id FROM skill_signal FORCE INDEX (by_skill) WHERE skill = ? ORDER BY id LIMIT ?
SELECT CONCAT('technologies/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, readiness_level, evidence, source, record_kind, create_time, update_time FROM technology WHERE id = ?
SELECT CONCAT('technologies/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, readiness_level, evidence, source, record_kind, create_time, update_time FROM technology WHERE id IN (?)
SELECT CONCAT('technologies/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, readiness_level, evidence, source, record_kind, create_time, update_time, id AS _id FROM technology FORCE INDEX (PRIMARY) ORDER BY id LIMIT ?
SELECT CONCAT('technologies/', id) AS name, CONCAT('v', version) AS etag, label_es, label_en, readiness_level, evidence, source, record_kind, create_time, update_time, id AS _id FROM technology FORCE INDEX (PRIMARY) WHERE ((id > ?)) ORDER BY id LIMIT ?
SELECT COUNT(*) FROM migration
SELECT COUNT(*), CAST(SUM(record_kind = 2) AS SIGNED) FROM innovation_project
SELECT COUNT(*), CAST(SUM(record_kind = 2) AS SIGNED) FROM skill_signal
SELECT COUNT(*), CAST(SUM(record_kind = 2) AS SIGNED) FROM technology
SELECT MAX(entry_id) FROM journal_position
SELECT MAX(version) FROM resource_revision WHERE name = ?
SELECT MIN(record_kind) FROM skill_signal
SELECT component, number, checksum, oldest_binary FROM migration
SELECT e.id, e.digest, e.deltas FROM journal_entry e LEFT JOIN journal_position p ON p.entry_id = e.id WHERE e.id > ? AND e.id <= ? AND p.entry_id IS NULL ORDER BY e.id LIMIT 1000
SELECT epoch, next_position - 1 FROM journal_head WHERE id = 1
SELECT epoch, next_position, swept_id FROM journal_head WHERE id = 1
SELECT id FROM journal_entry WHERE id > ? AND id <= ? ORDER BY id
SELECT id, digest, deltas FROM journal_entry WHERE id > ? ORDER BY id LIMIT 1000
SELECT id, digest, deltas FROM journal_entry WHERE id IN (?) ORDER BY id
SELECT id, fingerprint, answer, TIMESTAMPDIFF(SECOND, create_time, ?) FROM journal_entry WHERE request_key = ?
SELECT id, sector_table, skill, technology, source FROM skill_signal FORCE INDEX (by_horizon) WHERE record_kind = ? ORDER BY horizon_date, id
SELECT version, snapshot FROM resource_revision WHERE name = ? AND version < ? AND snapshot IS NOT NULL ORDER BY version DESC LIMIT ?
UPDATE innovation_project SET version = version + 1, title_es = ?, title_en = ?, state = ?, partners = ?, technologies = ?, sector_table = ?, start_date = ?, end_date = ?, result = ?, source = ?, record_kind = ?, create_time = ?, update_time = ? WHERE id = ? AND version = ?
UPDATE journal_head SET next_position = ? WHERE id = 1 AND epoch = ? AND next_position = ?
UPDATE journal_head SET swept_id = ? WHERE id = 1 AND epoch = ? AND swept_id < ?
UPDATE skill_signal SET version = version + 1, skill = ?, technology = ?, sector_table = ?, horizon_date = ?, confidence = ?, source = ?, record_kind = ?, create_time = ?, update_time = ? WHERE id = ? AND version = ?
UPDATE technology SET version = version + 1, label_es = ?, label_en = ?, readiness_level = ?, evidence = ?, source = ?, record_kind = ?, create_time = ?, update_time = ? WHERE id = ? AND version = ?
