#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/sections.h"

namespace puente::cli {
namespace {

constexpr char kGetDossier[] = "puente.gateway.v1.CertificationService/GetDossier";
constexpr char kListVersions[] =
    "puente.education.v1.MicrocredentialService/ListMicrocredentialVersions";
constexpr int kPage = 1000;
constexpr Label kNoVersion{"\" names no version of a microcredential",
                           "\" no nombra una versión de una microcredencial"};
constexpr Label kFormIs{
    "write microcredentials/ID/versions/NUMBER or ID/NUMBER; list them with: puente certify list",
    "escriba microcredentials/ID/versions/NÚMERO o ID/NÚMERO; lístelas con: puente certify list"};

}  // namespace

ExitCode CertifyDossier(Session& session, const std::string& name) {
  gateway::v1::GetDossierRequest request;
  request.set_microcredential_version(MicrocredentialVersionName(name));
  if (!absl::StartsWith(request.microcredential_version(), "microcredentials/")) {
    return session.Fail(kUsage, absl::StrCat("\"", name, session.Say(kNoVersion)),
                        session.Say(kFormIs));
  }
  if (const ExitCode code = session.Open("certifier/ceneval"); code != kOk) return code;
  if (session.Explains("gateway", kGetDossier, request)) return kOk;
  gateway::v1::Dossier dossier;
  if (!session.Call("gateway", kGetDossier, request, &dossier, kViewTimeout)) return kFailure;
  if (session.PrintForPrograms(dossier)) return kOk;
  std::optional<labor::v1::Standards> standards;
  if (dossier.employment().has_statistics()) standards = session.Standards();
  Printer printer = session.printer();
  Print(printer, dossier, standards.has_value() ? &*standards : nullptr);
  return kOk;
}

ExitCode CertifyList(Session& session) {
  if (const ExitCode code = session.Open("certifier/ceneval"); code != kOk) return code;
  education::v1::ListMicrocredentialVersionsRequest request;
  request.set_parent("microcredentials/-");
  request.set_page_size(kPage);
  if (session.Explains("education", kListVersions, request)) return kOk;
  education::v1::ListMicrocredentialVersionsResponse all;
  if (!session.CallForAll("education", kListVersions, request, &all)) return kFailure;
  Table table({{session.Say(label::kVersion)},
               {session.Say(label::kRecordState)},
               {session.Say(label::kTitle), Column::kLeft, 60},
               {session.Say(label::kSource)}});
  const bool spanish = session.language() == Language::kSpanish;
  for (const auto& version : all.microcredential_versions()) {
    table.Add({version.name(), MicrocredentialStateText(version.state(), session.language()),
               spanish || version.title_en().empty() ? version.title_es() : version.title_en(),
               version.source()});
  }
  session.PrintList(all, table);
  return kOk;
}

}  // namespace puente::cli
