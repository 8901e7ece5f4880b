// What a command works with: the user's options, where to write, and whom to call.
#pragma once

#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "cli/client.h"
#include "cli/errors.h"
#include "cli/options.h"
#include "cli/printer.h"
#include "cli/table.h"
#include "puente/labor/v1/standards.pb.h"

namespace puente::cli {

// Timeout of a call of a view, as long as the gateway takes at most.
inline constexpr absl::Duration kViewTimeout = absl::Seconds(2);
// Timeout of other calls.
inline constexpr absl::Duration kCallTimeout = absl::Seconds(10);
// Timeout of a stream, as long as servers let one go on.
inline constexpr absl::Duration kStreamTimeout = absl::Minutes(10);

class Session {
 public:
  // Keeps references to the streams.
  Session(Options options, std::ostream& out, std::ostream& err);

  const Options& options() const { return options_; }
  Language language() const { return options_.language; }
  std::ostream& out() { return out_; }
  std::ostream& err() { return err_; }
  Printer printer() { return Printer(out_, options_.language, options_.plain); }
  std::string Say(const Label& label) const { return std::string(In(options_.language, label)); }

  // Reads federation.json and chooses the caller: --as, or `usual`; and why it calls: --purpose, or
  // `usual_purpose`. Prints what is wrong and returns an exit code other than kOk if that fails.
  ExitCode Open(const std::string& usual, const std::string& usual_purpose = "");

  const Federation& federation() const { return federation_; }
  Client& client() { return *client_; }
  // A client for another caller of the federation, for whom `actor` acts unless --actor says
  // somebody else; null, with the error printed, if there is none.
  std::unique_ptr<Client> ClientAs(const std::string& caller, const std::string& actor = "");

  // Of the change that a command makes: --request-id, or a fresh one.
  const std::string& request_id() const { return options_.request_id; }

  // --timeout, or `usual`.
  absl::Duration TimeoutOr(absl::Duration usual) const;

  // With --explain: prints the call as buf's and returns true.
  bool Explains(const std::string& server, const std::string& method,
                const google::protobuf::Message& request);
  void Explain(const Client& client, const std::string& server, const std::string& method,
               const google::protobuf::Message& request);

  // Calls and prints the error, if any; of a change that may have been made all the same, also how
  // to repeat it.
  bool Call(const std::string& server, const std::string& method,
            const google::protobuf::Message& request, google::protobuf::Message* response,
            absl::Duration usual_timeout = kCallTimeout);
  // The same for all pages of a list.
  template <class Request, class Response>
  bool CallForAll(const std::string& server, const std::string& method, Request request,
                  Response* all) {
    do {
      Response page;
      if (!Call(server, method, request, &page)) return false;
      request.set_page_token(page.next_page_token());
      all->MergeFrom(page);
    } while (!request.page_token().empty());
    all->clear_next_page_token();
    return true;
  }

  // Makes a change and prints the name of the record that it changed; for programs, all of it.
  template <class Record, class Request>
  ExitCode Change(const std::string& server, const std::string& method, const Request& request) {
    if (Explains(server, method, request)) return kOk;
    Record record;
    if (!Call(server, method, request, &record)) return kFailure;
    if (!PrintForPrograms(record)) out_ << record.name() << "\n";
    return kOk;
  }

  // Prints all of a list as the table that `show` makes of it; where it is empty, `none` in words.
  template <class Response, class Request, class Show>
  ExitCode List(const std::string& server, const std::string& method, const Request& request,
                const Label& none, const Show& show) {
    if (Explains(server, method, request)) return kOk;
    Response all;
    if (!CallForAll(server, method, request, &all)) return kFailure;
    PrintList(all, show(all), &none);
    return kOk;
  }

  // What is known of a call that failed, for its error's text.
  Attempt AttemptOf(const Client& client, const std::string& server, absl::Duration timeout) const;
  // Prints an error of a call that was made without Call().
  void PrintError(const absl::Status& status, const Client& client, const std::string& server,
                  absl::Duration timeout);
  // Prints "error: TEXT" and returns `code`.
  ExitCode Fail(ExitCode code, absl::string_view text, absl::string_view hint = "");
  // Writes out what was printed and returns `code`; kFailure, with the error printed, if not all of
  // it could be written.
  ExitCode Finish(ExitCode code);

  // Labor's dated numbers, to show beside its figures; nothing if they don't come soon. The figures
  // are right without them.
  std::optional<labor::v1::Standards> Standards();

  // The message as JSON or CSV (cli/flatten.h), if that is the format; false for tables.
  bool PrintForPrograms(const google::protobuf::Message& message);
  // A list: the message as JSON, its records as CSV (cli/flatten.h), or the table. For people an
  // empty one is `none`, if that is given.
  void PrintList(const google::protobuf::Message& message, const Table& table,
                 const Label* none = nullptr);

 private:
  Options options_;
  std::ostream& out_;
  std::ostream& err_;
  Federation federation_;
  std::unique_ptr<Client> client_;
};

}  // namespace puente::cli
