// What a handler knows about the call it answers.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/status/error.h"
#include "puente/type/v1/record.pb.h"

namespace puente {

// An identity, as the path of its SPIFFE id: "supplier/portal", "gateway".
struct Caller {
  std::string path;

  // The part before the first slash: "supplier".
  absl::string_view kind() const;
  // The part after it: "portal"; "" for "gateway".
  absl::string_view id() const;
};

// What the registry of principals says of a caller's records.
struct Standing {
  type::v1::RecordKind record_kind = type::v1::RECORD_KIND_REAL;
  std::vector<std::string> sources;  // its own, the usual one first; none: its path
};

// Response metadata of a mutation: the freshness token of its last journal entry.
inline constexpr char kFreshnessKey[] = "puente-freshness";

struct Call {
  absl::string_view method;  // "/puente.labor.v1.VacancyService/GetVacancy"
  // "GetVacancy"
  absl::string_view verb() const { return method.substr(method.rfind('/') + 1); }
  Caller caller;         // whose rights count
  Standing standing;     // the caller's
  std::string delegate;  // "gateway" if it passed the call on, else ""
  std::string actor;     // the person who acts for the caller, or ""
  std::string purpose;   // "statistics", or ""
  // The caller may do this with his own records alone, or with those of whom he acts for.
  bool owner_only = false;
  bool agent = false;  // he may do it for others
  Locale locale = Locale::kSpanish;
  absl::Time start;           // when the call arrived; the "now" of its rules
  absl::Time deadline;        // never infinite
  bool own_deadline = false;  // the caller set it
  std::string trace;          // W3C trace id, 32 hex digits
};

// The sources that the caller's records may name, at least one, the usual one first.
std::vector<std::string> SourcesOf(const Call& call);

// That somebody made sure whose record an answer or a write is about, for a caller who may see or
// change some alone. Whoever checked hands it over; no method with owners answers without one.
class OwnerProof {
 public:
  // For common/resource/owner.cc, which checks, and common/calls/service.h, of methods that have no
  // owners (tests/conformance/dependencies.py).
  static OwnerProof Give() { return OwnerProof(); }

 private:
  OwnerProof() = default;
};

}  // namespace puente
