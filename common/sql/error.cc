#include "common/sql/error.h"

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace puente::sql {
namespace {

// Long enough for a restarted database to be there again.
constexpr absl::Duration kRetryDelay = absl::Seconds(1);

// Of what a storage engine or a file of the server's could not do, its text has the system's
// number.
bool HasNoRoom(absl::string_view text) {
  for (const char* const said : {"error 28 ", "errno: 28 ", "Errcode: 28 ", "error 122 ",
                                 "errno: 122 ", "Errcode: 122 "}) {  // disk, quota
    if (absl::StrContains(text, said)) return true;
  }
  return false;
}

const ErrorSpec& Spec(int code, absl::string_view text) {
  switch (code) {
    case 1062:  // duplicate entry
    case 1586:
      return error::kDuplicate;
    case 1060:  // duplicate column
    case 1061:  // duplicate key
    case 1091:  // no such column or key to drop
      return error::kAlreadyAltered;
    case 1205:  // lock wait timeout
    case 1213:  // deadlock
    case 1020:  // record changed since last read
    case 1412:  // a snapshot's table was altered
      return error::kConflict;
    case 1290:  // --read-only
    case 1792:  // read-only transaction
    case 1036:  // read-only table
    case 1836:
      return error::kReadOnly;
    case 1021:  // disk full
    case 1114:  // table full
    case 20:    // disk full (a number of its file layer's, as are the next two)
      return error::kFull;
    case 1:     // cannot create a file
    case 3:     // error writing file
    case 1026:  // the same
    case 1004:  // the same
    case 1005:  // cannot create a table
    case 1030:  // error of a storage engine
      return HasNoRoom(text) ? error::kFull : puente::error::kInternal;
    case 1049:  // unknown database
      return error::kMissing;
    case 1044:  // access denied to the database
    case 1045:  // access denied
    case 1698:  // the same, of a user who proves himself without a password
      return error::kRefused;
    case 1054:  // unknown column
    case 1146:  // unknown table
      return error::kSchema;
    case 1969:  // MariaDB: max_statement_time
    case 3024:  // MySQL: max_execution_time
    case 1317:  // killed by the watchdog
      return error::kTimeout;
    case 1040:  // too many connections
    case 1047:  // Galera: not ready
    case 1053:  // shutdown in progress
    case 1129:  // the host is blocked after too many errors
    case 1158:
    case 1159:
    case 1160:
    case 1161:
    case 1203:  // the user has too many connections
    case 1226:  // the same, of a limit by account
    case 1927:  // connection was killed
    case 2002:
    case 2003:
    case 2005:  // the host's name is not known
    case 2006:
    case 2012:
    case 2013:
    case 2014:
    case 2026:
    case 2027:
    case 2030:
    case 2055:
    case 4031:  // MySQL: closed because it was idle
      return error::kUnavailable;
    default:
      return puente::error::kInternal;
  }
}

}  // namespace

absl::Status FromCode(int code, absl::string_view text, absl::string_view query) {
  const ErrorSpec& spec = Spec(code, text);
  const bool retryable = &spec == &error::kUnavailable || &spec == &error::kConflict;
  absl::Status status = &spec == &error::kSchema
                            ? Error(error::kSchema, "detail"_is("unknown table or column"))
                            : ErrorOf(spec, {});  // none of their texts has a key
  // A fault of ours has no reason here: the call that ends with it gives its own trace.
  if (&spec == &puente::error::kInternal) status = absl::InternalError("a statement is at fault");
  if (retryable) status = WithRetry(std::move(status), kRetryDelay);
  status.SetPayload(kDebugPayload, absl::Cord(absl::StrCat(query, ": ", code, " ", text)));
  return status;
}

bool ConnectionSurvives(int code) {
  const ErrorSpec& spec = Spec(code, "");
  return &spec != &error::kUnavailable && &spec != &error::kMissing && &spec != &error::kRefused &&
         &spec != &puente::error::kInternal;
}

bool IsAlreadyAltered(const absl::Status& status) {
  return Reason(status) == error::kAlreadyAltered.reason;
}
bool IsDuplicate(const absl::Status& status) { return Reason(status) == error::kDuplicate.reason; }
bool IsConflict(const absl::Status& status) { return Reason(status) == error::kConflict.reason; }
bool IsUnavailable(const absl::Status& status) {
  return Reason(status) == error::kUnavailable.reason || IsNotLetIn(status);
}
bool IsNotLetIn(const absl::Status& status) {
  const auto reason = Reason(status);
  return reason == error::kMissing.reason || reason == error::kRefused.reason;
}
bool IsReadOnly(const absl::Status& status) { return Reason(status) == error::kReadOnly.reason; }
bool IsFull(const absl::Status& status) { return Reason(status) == error::kFull.reason; }

}  // namespace puente::sql
