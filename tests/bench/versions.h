// A published version of a microcredential, to make more of.
#pragma once

#include <string>
#include <vector>

#include "common/sql/connection.h"

namespace puente::bench {

// Publishes "microcredentials/template/versions/1", with these skills, by calls of Education.
void PublishVersion(const sql::Target& education, const std::vector<std::string>& skills);

}  // namespace puente::bench
