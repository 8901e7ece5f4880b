#include "cli/describe.h"

#include "cli/commands.h"

namespace puente::cli {

ExitCode DescribeMethod(Session& session, const std::string& method) {
  const google::protobuf::MethodDescriptor* found = ReadMethod(session, method);
  if (found == nullptr) return kUsage;
  session.out() << Describe(*found, session.language());
  return kOk;
}

}  // namespace puente::cli
