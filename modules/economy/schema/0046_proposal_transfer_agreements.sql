-- oldest-binary: 0.2.0
ALTER TABLE proposal ADD COLUMN transfer_agreements MEDIUMBLOB NULL COMMENT 'Proposal with transfer_agreements alone' AFTER signals
