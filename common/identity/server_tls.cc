#include "common/identity/server_tls.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/context/file.h"
#include "common/identity/errors.h"
#include "common/status/macros.h"

namespace puente::identity {
namespace {

bool WriteAll(int file, absl::string_view content) {
  while (!content.empty()) {
    const ssize_t size = write(file, content.data(), content.size());
    if (size <= 0) return false;
    content.remove_prefix(static_cast<size_t>(size));
  }
  return true;
}

// A file in memory, which only this user may read; -1 if there can be none.
int InMemory(absl::string_view content) {
  const int file = memfd_create("puente-tls", MFD_CLOEXEC);
  if (file < 0) return -1;
  if (fchmod(file, S_IRUSR | S_IWUSR) == 0 && WriteAll(file, content)) return file;
  close(file);
  return -1;
}

// Puts it under the number `at`, or under one of its own if that is -1. Whoever opens it by its
// number finds the old one or the new one, whole.
bool Put(absl::string_view content, int& at) {
  const int file = InMemory(content);
  if (file < 0 || at < 0) {
    at = file < 0 ? at : file;
    return file >= 0;
  }
  const bool put = dup3(file, at, O_CLOEXEC) == at;
  close(file);
  return put;
}

std::string OfDescriptor(int file) { return absl::StrCat("/proc/self/fd/", file); }

}  // namespace

absl::StatusOr<std::unique_ptr<ServerTlsFiles>> ServerTlsFiles::Open(TlsFiles files,
                                                                     std::string trust_domain,
                                                                     std::string path) {
  std::unique_ptr<ServerTlsFiles> opened(
      new ServerTlsFiles(std::move(files), std::move(trust_domain), std::move(path)));
  RETURN_IF_ERROR(opened->Read());
  const std::string pair = OfDescriptor(opened->pair_);
  opened->in_use_ = {OfDescriptor(opened->ca_), pair, pair};
  return opened;
}

ServerTlsFiles::ServerTlsFiles(TlsFiles files, std::string trust_domain, std::string path)
    : files_(std::move(files)),
      trust_domain_(std::move(trust_domain)),
      path_(std::move(path)),
      watch_([files = files_] {
        return absl::StrCat(FileStamp(files.ca), "\n", FileStamp(files.certificate), "\n",
                            FileStamp(files.key));
      }) {}

ServerTlsFiles::~ServerTlsFiles() {
  watch_.Stop();
  for (const int file : {ca_, pair_}) {
    if (file >= 0) close(file);
  }
}

absl::Time ServerTlsFiles::end() const {
  absl::MutexLock lock(&mutex_);
  return end_;
}

absl::Status ServerTlsFiles::Read() {
  ASSIGN_OR_RETURN(const TlsContent content, ReadServerTlsFiles(files_, trust_domain_, path_));
  // The key first: a PEM reader passes over what it does not look for.
  if (!Put(absl::StrCat(content.key, "\n", content.certificate), pair_) || !Put(content.ca, ca_)) {
    return Error(error::kTlsFiles, "file"_is(files_.certificate),
                 "why"_is(absl::StrCat("there is no memory for it: ", std::strerror(errno))));
  }
  absl::MutexLock lock(&mutex_);
  end_ = content.end;
  return absl::OkStatus();
}

void ServerTlsFiles::StartWatching(std::function<void(const absl::Status&)> told) {
  watch_.Start([this] { return Read(); }, std::move(told));
}

}  // namespace puente::identity
