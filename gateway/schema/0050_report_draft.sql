-- oldest-binary: 0.2.0
-- Who makes the files of a report: the last that began, and how far it is.
CREATE TABLE IF NOT EXISTS report_draft (
  report VARBINARY(63) NOT NULL PRIMARY KEY COMMENT 'its id',
  attempt BIGINT NOT NULL,
  step BIGINT NOT NULL COMMENT 'transactions of this attempt'
) ENGINE=InnoDB DEFAULT CHARSET=binary
