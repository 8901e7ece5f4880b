// Sending a file to a server, slice by slice.
#pragma once

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <ostream>
#include <string>

#include "absl/time/time.h"
#include "cli/session.h"
#include "common/status/grpc_status.h"

namespace puente::cli {

// The most that the contract allows a message.
inline constexpr size_t kSliceBytes = 64 << 10;

// A file that is open for reading; "-" is the standard input.
class SentFile {
 public:
  // Prints what is wrong and gives nothing if it can't be opened.
  static std::unique_ptr<SentFile> Open(Session& session, const std::string& path);
  ~SentFile();
  SentFile(const SentFile&) = delete;
  SentFile& operator=(const SentFile&) = delete;

  const std::string& path() const { return path_; }
  // Whether it has a size and can be read again.
  bool regular() const { return regular_; }
  // 0 where it is not known.
  int64_t size() const { return size_; }
  void Rewind() { std::rewind(file_); }
  // The next slice, empty at the end. errno, or 0.
  int Read(std::string& slice);

 private:
  SentFile(std::string path, std::FILE* file);
  const std::string path_;
  std::FILE* const file_;
  bool regular_ = false;
  int64_t size_ = 0;
};

// A line that is written over on a terminal; silent elsewhere.
class Progress {
 public:
  Progress(Session& session, std::string what, int64_t size);
  ~Progress();
  void Sent(size_t bytes);

 private:
  std::ostream& err_;
  const bool shown_;
  const std::string what_;
  const int64_t size_;
  int64_t sent_ = 0;
  absl::Time next_ = absl::InfinitePast();
};

// Prints that a file can't be read on, and what to do.
ExitCode FailedToRead(Session& session, const std::string& path, int error);

// Prints the stream of messages as a shell makes it: the header, then the file in base64.
void ExplainUpload(Session& session, const std::string& server, const std::string& method,
                   const std::string& path, const google::protobuf::Message& header);

// Sends header and file to a server, from where the file stands, until its end or until the server
// has heard enough. begin(channel, context) starts the stream. Prints what fails.
template <class Request, class Begin>
ExitCode Upload(Session& session, const std::string& server, SentFile& file, const Label& doing,
                const Request& header, const Begin& begin) {
  auto channel = session.client().channels().To(server);
  if (!channel.ok()) return session.Fail(kFailure, channel.status().message());
  const absl::Duration timeout = session.TimeoutOr(absl::ZeroDuration());
  grpc::ClientContext context;
  session.client().Prepare(context, timeout);
  const std::unique_ptr<grpc::ClientWriter<Request>> writer = begin(*channel, &context);
  int broken = 0;
  if (writer->Write(header)) {
    Progress progress(session, session.Say(doing), file.size());
    Request slice;
    std::string& content = *slice.mutable_content();
    while ((broken = file.Read(content)) == 0 && !content.empty() && writer->Write(slice)) {
      progress.Sent(content.size());
    }
    if (broken != 0) context.TryCancel();
    writer->WritesDone();
  }
  const absl::Status status = FromGrpc(writer->Finish());
  if (broken != 0) return FailedToRead(session, file.path(), broken);
  if (status.ok()) return kOk;
  session.PrintError(status, session.client(), server, timeout);
  return kFailure;
}

}  // namespace puente::cli
