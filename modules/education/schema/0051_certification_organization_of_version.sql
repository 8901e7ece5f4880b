-- oldest-binary: 0.2.0
UPDATE certification JOIN microcredential_version AS of_it ON certification.microcredential_version =
    CONCAT('microcredentials/', of_it.microcredential, '/versions/', of_it.number)
  SET certification.organization = of_it.organization
