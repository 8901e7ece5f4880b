-- oldest-binary: 0.2.0
-- An organization answers a call once, whoever races.
CREATE TABLE IF NOT EXISTS school_answer (
  school_call VARBINARY(63) NOT NULL,
  organization VARBINARY(80) NOT NULL,
  PRIMARY KEY (school_call, organization)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
