#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "puente/api/v1/counted_kind.pb.h"

namespace puente::cli {
namespace {

constexpr char kCreate[] = "puente.api.v1.CountedKindService/CreateCountedKind";

// "vacancies: real, since 2026-01-31"
std::string Line(const api::v1::CountedKind& setting, Language language) {
  return absl::StrCat(setting.collection(), ": ", CountedText(setting.record_kind(), language),
                      ", ", In(language, label::kSince), " ", DateText(setting.effective_date()));
}

}  // namespace

ExitCode Count(Session& session, const CountArgs& args) {
  absl::CivilDay day = LegalDay(absl::Now());
  if (!args.from.empty() && !ReadDay(session, args.from, day)) return kUsage;
  if (const ExitCode code = session.Open(absl::StrCat("agency/", args.server)); code != kOk) {
    return code;
  }
  api::v1::CreateCountedKindRequest request;
  request.set_counted_kind_id(session.request_id());
  request.set_request_id(session.request_id());
  request.mutable_counted_kind()->set_collection(args.collection);
  request.mutable_counted_kind()->set_record_kind(args.record_kind == "generated"
                                                      ? type::v1::RECORD_KIND_GENERATED
                                                      : type::v1::RECORD_KIND_REAL);
  *request.mutable_counted_kind()->mutable_effective_date() = ToProto(day);
  if (session.Explains(args.server, kCreate, request)) return kOk;
  api::v1::CountedKind setting;
  if (!session.Call(args.server, kCreate, request, &setting)) return kFailure;
  if (session.PrintForPrograms(setting)) return kOk;
  session.out() << Line(setting, session.language()) << "\n";
  return kOk;
}

}  // namespace puente::cli
