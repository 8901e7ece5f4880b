// What every test of Labor's module on a real database starts from.
#pragma once

#include "modules/labor/module.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"

namespace puente::labor {

inline config::Server Config() {
  config::Server config;
  config.set_profiles("data/labor/profiles");
  return config;
}

inline sql::Target NewLaborSchema() {
  return testing::Database::Shared().NewSchema(Labor().migrations);
}

}  // namespace puente::labor
