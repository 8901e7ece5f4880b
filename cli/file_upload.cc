#include "cli/file_upload.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "cli/explain.h"
#include "cli/upload_text.h"
#include "common/federation/contract.h"

namespace puente::cli {
namespace {

constexpr Label kCantRead{"cannot read ", "no se puede leer "};
constexpr Label kAgain{
    "load the file again: rows that are stored already are counted and left alone",
    "cargue el archivo otra vez: las filas ya guardadas se cuentan y no cambian"};

std::string CantRead(Session& session, const std::string& path, int error) {
  return absl::StrCat(session.Say(kCantRead), path, ": ", std::strerror(error));
}

// Null if it can't be opened, with errno set.
std::FILE* OpenPath(const std::string& path) {
  if (path == "-") return stdin;
  struct stat info;
  if (stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) {
    errno = EISDIR;
    return nullptr;
  }
  return std::fopen(path.c_str(), "rb");
}

}  // namespace

std::unique_ptr<SentFile> SentFile::Open(Session& session, const std::string& path) {
  std::FILE* file = OpenPath(path);
  if (file != nullptr) return std::unique_ptr<SentFile>(new SentFile(path, file));
  session.Fail(kFailure, CantRead(session, path, errno));
  return nullptr;
}

SentFile::SentFile(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) {
  struct stat info;
  regular_ = fstat(fileno(file_), &info) == 0 && S_ISREG(info.st_mode);
  if (regular_) size_ = info.st_size;
}

SentFile::~SentFile() {
  if (file_ != stdin) std::fclose(file_);
}

int SentFile::Read(std::string& slice) {
  slice.resize(kSliceBytes);
  errno = 0;
  slice.resize(std::fread(slice.data(), 1, kSliceBytes, file_));
  if (!slice.empty() || std::ferror(file_) == 0) return 0;
  return errno != 0 ? errno : EIO;
}

Progress::Progress(Session& session, std::string what, int64_t size)
    : err_(session.err()),
      shown_(!session.options().plain && isatty(STDERR_FILENO) != 0),
      what_(std::move(what)),
      size_(size) {}

Progress::~Progress() {
  if (shown_) err_ << "\r\033[K" << std::flush;
}

void Progress::Sent(size_t bytes) {
  sent_ += static_cast<int64_t>(bytes);
  const absl::Time now = absl::Now();
  if (!shown_ || now < next_) return;
  next_ = now + absl::Milliseconds(100);
  err_ << "\r\033[K" << what_ << UploadProgress(sent_, size_) << std::flush;
}

ExitCode FailedToRead(Session& session, const std::string& path, int error) {
  return session.Fail(kFailure, CantRead(session, path, error), session.Say(kAgain));
}

void ExplainUpload(Session& session, const std::string& server, const std::string& method,
                   const std::string& path, const google::protobuf::Message& header) {
  const auto address = session.client().channels().AddressOf(server);
  session.out() << "{ echo " << ShellWord(ToJson(header, false)) << "; split -b " << kSliceBytes
                << " --filter='printf \"{\\\"content\\\":\\\"%s\\\"}\\n\" \"$(base64 -w0)\"' "
                << ShellWord(path) << "; } | "
                << BufCurl(address.value_or(""), method, "@-", session.client().channels().files(),
                           HeadersOf(session.options()))
                << "\n";
}

}  // namespace puente::cli
