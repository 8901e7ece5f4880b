#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/figures.h"
#include "cli/file_upload.h"
#include "cli/format.h"
#include "cli/upload_text.h"
#include "common/crypto/digest.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"

namespace puente::cli {
namespace {

using labor::v1::LoadVacanciesRequest;
using labor::v1::LoadVacanciesResponse;

constexpr char kMethod[] = "puente.labor.v1.VacancyService/LoadVacancies";

constexpr Label kOnceOnly{
    " can be read only once, and --strict reads it twice: save it as a file",
    " solo puede leerse una vez, y --strict la lee dos veces: guárdela como archivo"};
constexpr Label kSecondCall{
    "# then, if every row is good, the same with the answer's check instead of validateOnly",
    "# luego, si todas las filas son válidas, lo mismo con el check de la respuesta en vez de "
    "validateOnly"};
constexpr Label kChecking{"checking ", "revisando "};
constexpr Label kLoading{"loading ", "cargando "};

LoadVacanciesRequest HeaderOf(const LoadVacanciesArgs& args, int64_t size) {
  LoadVacanciesRequest request;
  labor::v1::LoadVacanciesHeader& header = *request.mutable_header();
  header.set_profile(args.profile);
  header.set_source(args.source);
  header.set_record_kind(args.record_kind == "generated" ? type::v1::RECORD_KIND_GENERATED
                                                         : type::v1::RECORD_KIND_REAL);
  header.set_request_id(crypto::Uuid4());
  header.set_size_bytes(size);
  header.set_validate_only(args.validate_only || args.strict);
  return request;
}

ExitCode Report(Session& session, const LoadVacanciesResponse& response, bool stored) {
  if (!session.PrintForPrograms(response)) {
    Printer printer = session.printer();
    Print(printer, response, stored);
    if (!response.vacancy_load().empty()) {
      printer.Line(absl::StrCat(session.Say(label::kToTakeBack), " puente labor take-back ",
                                LastId(response.vacancy_load())));
    }
  }
  return response.rejected_count() > 0 || response.truncated() ? kRejectedRows : kOk;
}

// One upload of the file, from where it stands. Prints what fails.
ExitCode UploadOnce(Session& session, SentFile& file, const LoadVacanciesRequest& header,
                    LoadVacanciesResponse* response) {
  return Upload(
      session, "labor", file, header.header().validate_only() ? kChecking : kLoading, header,
      [&](const std::shared_ptr<grpc::Channel>& channel, grpc::ClientContext* context) {
        return labor::v1::VacancyService::NewStub(channel)->LoadVacancies(context, response);
      });
}

// Makes of a header that checks one that loads exactly what was checked.
void LoadWhatWasChecked(const std::string& check, LoadVacanciesRequest& header) {
  header.mutable_header()->set_validate_only(false);
  header.mutable_header()->set_check(check);
}

}  // namespace

ExitCode LoadVacancies(Session& session, const LoadVacanciesArgs& args) {
  const std::unique_ptr<SentFile> file = SentFile::Open(session, args.file);
  if (file == nullptr) return kFailure;
  if (args.strict && !file->regular()) {
    return session.Fail(kUsage, absl::StrCat(args.file, session.Say(kOnceOnly)));
  }
  if (const ExitCode code = session.Open("supplier/portal"); code != kOk) return code;
  LoadVacanciesRequest header = HeaderOf(args, file->size());
  if (session.options().explain) {
    ExplainUpload(session, "labor", kMethod, args.file, header);
    if (args.strict) session.out() << session.Say(kSecondCall) << "\n";
    return kOk;
  }
  LoadVacanciesResponse response;
  ExitCode code = UploadOnce(session, *file, header, &response);
  if (code != kOk) return code;
  if (args.strict && !response.check().empty()) {
    LoadWhatWasChecked(response.check(), header);
    file->Rewind();
    code = UploadOnce(session, *file, header, &response);
    if (code != kOk) return code;
  }
  code = Report(session, response, !header.header().validate_only());
  const absl::Status reached =
      AwaitFigures(session.client(), kMethod, {response.freshness_token()});
  if (reached.ok()) return code;
  session.PrintError(reached, session.client(), "labor", session.TimeoutOr(absl::ZeroDuration()));
  return kFailure;
}

}  // namespace puente::cli
