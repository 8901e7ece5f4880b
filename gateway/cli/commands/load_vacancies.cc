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

// 0 where it is not known.
int64_t SizeOf(std::FILE* file) {
  struct stat info;
  return fstat(fileno(file), &info) == 0 && S_ISREG(info.st_mode) ? info.st_size : 0;
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
  return request;
}

// A line that is written over on a terminal; silent elsewhere.
class Progress {
 public:
  Progress(std::ostream& err, bool shown, int64_t size) : err_(err), shown_(shown), size_(size) {}
  ~Progress() {
    if (shown_) err_ << "\r\033[K" << std::flush;
  }
  void Sent(int64_t bytes) {
    sent_ += bytes;
    const absl::Time now = absl::Now();
    if (!shown_ || now < next_) return;
    next_ = now + absl::Milliseconds(100);
    err_ << "\r\033[K" << UploadProgress(sent_, size_) << std::flush;
  }

 private:
  std::ostream& err_;
  const bool shown_;
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
}

ExitCode Report(Session& session, const LoadVacanciesResponse& response) {
  if (!session.PrintForPrograms(response)) {
    Printer printer = session.printer();
    Print(printer, response);
  }
  return response.rejected_count() > 0 || response.truncated() ? kRejectedRows : kOk;
}

}  // namespace

ExitCode LoadVacancies(Session& session, const LoadVacanciesArgs& args) {
  const File file = Open(args.file);
  if (file == nullptr) {
    return session.Fail(
        kFailure, absl::StrCat(session.Say(kCantRead), args.file, ": ", std::strerror(errno)));
  }
  if (const ExitCode code = session.Open("supplier/portal"); code != kOk) return code;
  const LoadVacanciesRequest header = HeaderOf(args, SizeOf(file.get()));
  if (session.options().explain) {
    ExplainUpload(session, args, header);
    return kOk;
  }
  auto channel = session.client().ChannelTo("labor");
  if (!channel.ok()) return session.Fail(kFailure, channel.status().message());
  const absl::Duration timeout = session.TimeoutOr(absl::ZeroDuration());
  const auto stub = labor::v1::VacancyService::NewStub(*channel);
  grpc::ClientContext context;
  session.client().Prepare(context, timeout);
  LoadVacanciesResponse response;
  const auto writer = stub->LoadVacancies(&context, &response);
  int broken = 0;
  if (writer->Write(header)) {
    const bool shown = !session.options().plain && isatty(STDERR_FILENO) != 0;
    Progress progress(session.err(), shown, header.header().size_bytes());
    broken = Send(file.get(), *writer, progress);
    if (broken != 0) context.TryCancel();
    writer->WritesDone();
  }
  const absl::Status status = FromGrpc(writer->Finish());
  if (broken != 0) {
    return session.Fail(
        kFailure, absl::StrCat(session.Say(kCantRead), args.file, ": ", std::strerror(broken)),
        session.Say(kAgain));
  }
  if (!status.ok()) {
    session.PrintError(status, session.client(), "labor", timeout);
    return kFailure;
  }
  const ExitCode code = Report(session, response);
  const absl::Status reached = AwaitFigures(session.client(), {response.freshness_token()});
  if (reached.ok()) return code;
  session.PrintError(reached, session.client(), "labor", timeout);
  return kFailure;
}

}  // namespace puente::cli
