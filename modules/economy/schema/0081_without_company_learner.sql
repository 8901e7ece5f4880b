-- oldest-binary: 0.2.0
-- What a company knows a learner by is in each of the learner's reservations there.
DROP TABLE IF EXISTS company_learner
