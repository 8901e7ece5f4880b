// The gateway's own records: what contract, table and specification say of them is the same.
#include <gtest/gtest.h>

#include "gateway/acts/resource.h"
#include "gateway/certifiers/resource.h"
#include "gateway/decisions/resource.h"
#include "gateway/dossiers/resource.h"
#include "gateway/findings/resource.h"
#include "gateway/module.h"
#include "gateway/report_definitions/resource.h"
#include "gateway/reports/resource.h"
#include "gateway/submissions/resource.h"
#include "tests/agencies/contract.h"
#include "tests/testing/database.h"

namespace puente::gateway {
namespace {

TEST(GatewaySchema, FitsTheContract) {
  const sql::Target database = testing::Database::Shared().NewSchema(Gateway().migrations);
  for (const resource::Spec* spec : std::initializer_list<const resource::Spec*>{
           &Acts(), &Certifiers(), &Decisions(), &Dossiers(), &Findings(), &ReportDefinitions(),
           &Reports(), &Submissions()}) {
    testing::ExpectTableFits(database, *spec);
  }
}

}  // namespace
}  // namespace puente::gateway
