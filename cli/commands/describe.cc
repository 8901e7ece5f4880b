#include "cli/describe.h"

#include "cli/commands.h"
#include "common/federation/contract.h"

namespace puente::cli {

ExitCode DescribeMethod(Session& session, const std::string& method) {
  const auto found = FindMethod(method);
  if (!found.ok()) return session.Fail(kUsage, found.status().message());
  session.out() << Describe(**found, session.language());
  return kOk;
}

}  // namespace puente::cli
