#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "cli/commands.h"
#include "cli/file_upload.h"
#include "cli/format.h"
#include "cli/help/usage_errors.h"
#include "cli/report_folder.h"
#include "common/context/values.h"
#include "common/federation/contract.h"
#include "common/names/state.h"

namespace puente::cli {
namespace {

constexpr Label kNoDay{"\" is no day: write it as 2026-01-31",
                       "\" no es un día: escríbalo como 2026-01-31"};
constexpr Label kNoState{"there is no state \"", "no existe el estado \""};
constexpr Label kStatesAre{"write one of these codes or names: ",
                           "escriba uno de estos códigos o nombres: "};

// `text` below `collection`, unless it says so itself.
std::string Below(absl::string_view collection, const std::string& text) {
  return text.empty() || absl::StartsWith(text, collection) ? text : absl::StrCat(collection, text);
}

constexpr Label kNoService{"there is no service \"", "no existe el servicio \""};
constexpr Label kNearest{"did you mean ", "¿quiso decir "};
constexpr Label kMethodsAre{"write SERVICE/METHOD; `puente whoami` lists what may be called",
                            "escriba SERVICIO/MÉTODO; `puente whoami` muestra qué se puede llamar"};
constexpr Label kNoMethod{" has no method \"", " no tiene el método \""};
constexpr Label kMethodsOfIt{"\" but ", "\"; tiene "};
constexpr Label kNotRead{" cannot be read", " no se puede leer"};
constexpr Label kFileOrInput{"give a file, or - for the standard input",
                             "dé un archivo, o - para la entrada estándar"};

constexpr Label kNoBody{" is no certification body", " no es un organismo certificador"};
constexpr Label kBodiesAre{"call as one, such as --as certifier/ceneval",
                           "llame como uno, por ejemplo --as certifier/ceneval"};
constexpr Label kNoSchool{" is no organization", " no es una organización"};
constexpr Label kSchoolsAre{
    "call as one, such as --as organization/tecnologico-bajio-muestra",
    "llame como una, por ejemplo --as organization/tecnologico-bajio-muestra"};

constexpr Label kNoCompany{" is no company", " no es una empresa"};
constexpr Label kCompaniesAre{
    "call as one, such as --as company/acme, or name one that consented: --company acme",
    "llame como una, por ejemplo --as company/acme, o nombre una que consintió: --company acme"};

// The record of a caller whose path begins with `kind`: "certifier/".
std::string RecordOf(Session& session, absl::string_view kind, absl::string_view collection,
                     const Label& is_none, const Label& call_as) {
  absl::string_view id = session.client().channels().caller();
  if (absl::ConsumePrefix(&id, kind)) return absl::StrCat(collection, id);
  session.Fail(kUsage, absl::StrCat(session.client().channels().caller(), session.Say(is_none)),
               session.Say(call_as));
  return "";
}

}  // namespace

std::string BodyOf(Session& session) {
  return RecordOf(session, "certifier/", "certifiers/", kNoBody, kBodiesAre);
}

std::string SchoolOf(Session& session) {
  return RecordOf(session, "organization/", "organizations/", kNoSchool, kSchoolsAre);
}

std::string CompanyOf(Session& session, const std::string& written) {
  return written.empty() ? RecordOf(session, "company/", "companies/", kNoCompany, kCompaniesAre)
                         : Below("companies/", written);
}

ExitCode OpenAs(Session& session, Party party, std::string& record) {
  const bool company = party == Party::kCompany;
  if (const ExitCode code = session.Open(company ? kUsualCompany : kUsualSchool); code != kOk) {
    return code;
  }
  record = company ? CompanyOf(session, "") : SchoolOf(session);
  return record.empty() ? kUsage : kOk;
}

std::string EnumName(absl::string_view prefix, const std::string& written) {
  return absl::StrCat(prefix, absl::StrReplaceAll(absl::AsciiStrToUpper(written), {{"-", "_"}}));
}

bool ReadAll(Session& session, const std::string& file, std::string& text) {
  const std::unique_ptr<SentFile> in = SentFile::Open(session, file);
  if (in == nullptr) return false;
  text.clear();
  std::string slice;
  int error = 0;
  while ((error = in->Read(slice)) == 0 && !slice.empty()) text += slice;
  if (error != 0) {
    session.Fail(kUsage, absl::StrCat(file, session.Say(kNotRead)), session.Say(kFileOrInput));
    return false;
  }
  if (absl::StartsWith(text, kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  return true;
}

const google::protobuf::MethodDescriptor* ReadMethod(Session& session, const std::string& written) {
  if (const auto found = FindMethod(written); found.ok()) return *found;
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(written, absl::MaxSplits('/', 1));
  const std::vector<std::string> methods = MethodNames(parts.first);
  if (methods.empty()) {
    const std::string nearest =
        help::Nearest(parts.first.substr(parts.first.rfind('.') + 1), ServiceNames());
    session.Fail(kUsage, absl::StrCat(session.Say(kNoService), parts.first, "\""),
                 nearest.empty() ? session.Say(kMethodsAre)
                                 : absl::StrCat(session.Say(kNearest), nearest, "?"));
    return nullptr;
  }
  session.Fail(kUsage, absl::StrCat(parts.first, session.Say(kNoMethod), parts.second,
                                    session.Say(kMethodsOfIt), absl::StrJoin(methods, ", ")));
  return nullptr;
}

std::string SubmissionName(const std::string& body, const std::string& written) {
  return absl::StrCat(body, "/submissions/", LastId(written));
}

std::string SectorName(const std::string& sector) { return Below("sectorTables/", sector); }

std::string VacancyName(const std::string& vacancy) { return Below("vacancies/", vacancy); }

std::string VacancyLoadName(const std::string& load) { return Below("vacancyLoads/", load); }

std::string LoadName(const std::string& load) { return Below("loads/", load); }

std::string TrainingPlaceName(const std::string& written) {
  const size_t slash = written.find('/');
  if (slash == written.npos || absl::StartsWith(written, "companies/")) return written;
  return absl::StrCat("companies/", written.substr(0, slash), "/trainingPlaces/",
                      written.substr(slash + 1));
}

std::string MicrocredentialVersionName(const std::string& name) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  if (parts.size() != 2 || parts[0] == "microcredentials") return name;
  return absl::StrCat("microcredentials/", parts[0], "/versions/", parts[1]);
}

bool ReadDay(Session& session, const std::string& written, absl::CivilDay& day) {
  if (absl::ParseCivilTime(written, &day)) return true;
  session.Fail(kUsage, absl::StrCat("\"", written, session.Say(kNoDay)));
  return false;
}

bool ReadDay(Session& session, const std::string& written, google::type::Date* date) {
  absl::CivilDay day;
  if (!ReadDay(session, written, day)) return false;
  *date = ToProto(day);
  return true;
}

bool ResolveState(Session& session, const std::string& written, std::string& code) {
  code.clear();
  if (written.empty()) return true;
  if (const auto found = StateCode(written); found.has_value()) {
    code = std::string(*found);
    return true;
  }
  session.Fail(kUsage, absl::StrCat(session.Say(kNoState), written, "\""),
               absl::StrCat(session.Say(kStatesAre),
                            absl::StrJoin(FederalStates(), ", ",
                                          [](std::string* out, const FederalState& state) {
                                            absl::StrAppend(out, state.code, " ", state.name);
                                          })));
  return false;
}

}  // namespace puente::cli
