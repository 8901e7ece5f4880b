#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "common/status/grpc_status.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/contract.h"
#include "gateway/cli/explain.h"
#include "gateway/cli/figures.h"
#include "gateway/cli/format.h"
#include "gateway/cli/upload_text.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"

namespace puente::cli {
namespace {

using labor::v1::LoadVacanciesRequest;
using labor::v1::LoadVacanciesResponse;

constexpr char kMethod[] = "puente.labor.v1.VacancyService/LoadVacancies";
// The most that the contract allows a message.
constexpr size_t kSliceBytes = 64 << 10;

constexpr Label kCantRead{"cannot read ", "no se puede leer "};
constexpr Label kAgain{
    "load the file again: rows that are stored already are counted and left alone",
    "cargue el archivo otra vez: las filas ya guardadas se cuentan y no cambian"};
constexpr Label kOnceOnly{
    " can be read once only, and --strict reads it twice: save it as a file",
    " solo puede leerse una vez, y --strict la lee dos: guárdela como archivo"};
constexpr Label kSecondCall{
    "# then, if every row is good, the same with the answer's check instead of validateOnly",
    "# luego, si todas las filas son buenas, lo mismo con el check de la respuesta en vez de "
    "validateOnly"};
constexpr Label kChecking{"checking ", "revisando "};
constexpr Label kLoading{"loading ", "cargando "};

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// Nothing if it can't be opened, with errno set.
File Open(const std::string& path) {
  if (path == "-") return File(stdin);
  struct stat info;
  if (stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) {
    errno = EISDIR;
    return nullptr;
  }
  return File(std::fopen(path.c_str(), "rb"));
}

bool IsRegular(std::FILE* file) {
  struct stat info;
  return fstat(fileno(file), &info) == 0 && S_ISREG(info.st_mode);
}

// 0 where it is not known.
int64_t SizeOf(std::FILE* file) {
  struct stat info;
  return IsRegular(file) && fstat(fileno(file), &info) == 0 ? info.st_size : 0;
}

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

// A line that is written over on a terminal; silent elsewhere.
class Progress {
 public:
  Progress(std::ostream& err, bool shown, std::string what, int64_t size)
      : err_(err), shown_(shown), what_(std::move(what)), size_(size) {}
  ~Progress() {
    if (shown_) err_ << "\r\033[K" << std::flush;
  }
  void Sent(int64_t bytes) {
    sent_ += bytes;
    const absl::Time now = absl::Now();
    if (!shown_ || now < next_) return;
    next_ = now + absl::Milliseconds(100);
    err_ << "\r\033[K" << what_ << UploadProgress(sent_, size_) << std::flush;
  }

 private:
  std::ostream& err_;
  const bool shown_;
  const std::string what_;
  const int64_t size_;
  int64_t sent_ = 0;
  absl::Time next_ = absl::InfinitePast();
};

// Sends the file until its end, or until the server has heard enough. errno, or 0.
int Send(std::FILE* file, grpc::ClientWriter<LoadVacanciesRequest>& writer, Progress& progress) {
  LoadVacanciesRequest slice;
  std::string& content = *slice.mutable_content();
  for (;;) {
    content.resize(kSliceBytes);
    errno = 0;
    const size_t read = std::fread(content.data(), 1, kSliceBytes, file);
    if (read == 0) return std::ferror(file) != 0 ? (errno != 0 ? errno : EIO) : 0;
    content.resize(read);
    if (!writer.Write(slice)) return 0;  // the status says why
    progress.Sent(static_cast<int64_t>(read));
  }
}

// The stream of messages as a shell makes it: the header, then the file in base64 by slices.
void ExplainUpload(Session& session, const LoadVacanciesArgs& args,
                   const LoadVacanciesRequest& header) {
  const auto address = session.client().AddressOf("labor");
  session.out() << "{ echo " << ShellWord(ToJson(header, false)) << "; split -b " << kSliceBytes
                << " --filter='printf \"{\\\"content\\\":\\\"%s\\\"}\\n\" \"$(base64 -w0)\"' "
                << ShellWord(args.file) << "; } | "
                << BufCurl(address.value_or(""), kMethod, "@-", session.client().files(),
                           HeadersOf(session.options()))
                << "\n";
  if (args.strict) session.out() << session.Say(kSecondCall) << "\n";
}

ExitCode Report(Session& session, const LoadVacanciesResponse& response, bool stored) {
  if (!session.PrintForPrograms(response)) {
    Printer printer = session.printer();
    Print(printer, response, stored);
  }
  return response.rejected_count() > 0 || response.truncated() ? kRejectedRows : kOk;
}

// One upload of the file, from where it stands. Prints what fails.
ExitCode Upload(Session& session, const LoadVacanciesArgs& args, std::FILE* file,
                const LoadVacanciesRequest& header, LoadVacanciesResponse* response) {
  auto channel = session.client().ChannelTo("labor");
  if (!channel.ok()) return session.Fail(kFailure, channel.status().message());
  const absl::Duration timeout = session.TimeoutOr(absl::ZeroDuration());
  const auto stub = labor::v1::VacancyService::NewStub(*channel);
  grpc::ClientContext context;
  session.client().Prepare(context, timeout);
  const auto writer = stub->LoadVacancies(&context, response);
  int broken = 0;
  if (writer->Write(header)) {
    const bool shown = !session.options().plain && isatty(STDERR_FILENO) != 0;
    Progress progress(session.err(), shown,
                      session.Say(header.header().validate_only() ? kChecking : kLoading),
                      header.header().size_bytes());
    broken = Send(file, *writer, progress);
    if (broken != 0) context.TryCancel();
    writer->WritesDone();
  }
  const absl::Status status = FromGrpc(writer->Finish());
  if (broken != 0) {
    return session.Fail(
        kFailure, absl::StrCat(session.Say(kCantRead), args.file, ": ", std::strerror(broken)),
        session.Say(kAgain));
  }
  if (status.ok()) return kOk;
  session.PrintError(status, session.client(), "labor", timeout);
  return kFailure;
}

// Makes of a header that checks one that loads exactly what was checked.
void LoadWhatWasChecked(const std::string& check, LoadVacanciesRequest& header) {
  header.mutable_header()->set_validate_only(false);
  header.mutable_header()->set_check(check);
}

}  // namespace

ExitCode LoadVacancies(Session& session, const LoadVacanciesArgs& args) {
  const File file = Open(args.file);
  if (file == nullptr) {
    return session.Fail(
        kFailure, absl::StrCat(session.Say(kCantRead), args.file, ": ", std::strerror(errno)));
  }
  if (args.strict && !IsRegular(file.get())) {
    return session.Fail(kUsage, absl::StrCat(args.file, session.Say(kOnceOnly)));
  }
  if (const ExitCode code = session.Open("supplier/portal"); code != kOk) return code;
  LoadVacanciesRequest header = HeaderOf(args, SizeOf(file.get()));
  if (session.options().explain) {
    ExplainUpload(session, args, header);
    return kOk;
  }
  LoadVacanciesResponse response;
  ExitCode code = Upload(session, args, file.get(), header, &response);
  if (code != kOk) return code;
  if (args.strict && !response.check().empty()) {
    LoadWhatWasChecked(response.check(), header);
    std::rewind(file.get());
    code = Upload(session, args, file.get(), header, &response);
    if (code != kOk) return code;
  }
  code = Report(session, response, !header.header().validate_only());
  const absl::Status reached = AwaitFigures(session.client(), {response.freshness_token()});
  if (reached.ok()) return code;
  session.PrintError(reached, session.client(), "labor", session.TimeoutOr(absl::ZeroDuration()));
  return kFailure;
}

}  // namespace puente::cli
