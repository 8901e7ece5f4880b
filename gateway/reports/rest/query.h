// A question in SDMX's REST form (1.5), taken apart.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/reports/files/sdmx.h"

namespace puente::gateway::reports {

// What came by HTTP, decoded.
struct Question {
  std::string path;  // "/sdmx/rest/data/AWARD_COUNTS/all"
  std::multimap<std::string, std::string> parameters;
  std::string accept;  // the header, or ""
};

enum class Format { kSpecific, kGeneric, kCsv, kJson, kStructure };

// dataflow, datastructure, codelist, conceptscheme.
struct StructureQuery {
  Artefact kind;
  std::set<std::string> ids;  // none for all
  std::string version;        // "latest", "all" or "1.2"
  enum References { kNone, kChildren, kDescendants } references = kNone;
};

// Months since year 0, the last one included.
struct Months {
  int first, last;
};
// Of "2026", "2026-Q3", "2026-11", "2026-M11" and whatever else SDMX writes; "2026-11-30", its
// times, "2026-D334" and "2026-W48" as the months that they are in.
std::optional<Months> MonthsOf(absl::string_view period);

struct DataQuery {
  std::string flow;
  std::string version;  // "latest" or "1.2"
  // Of each dimension of the key, MEASURE last, the ids that are wanted; none for all. Empty for
  // all of everything.
  std::vector<std::set<std::string>> key;
  std::optional<Months> start, end;
  DataOptions::Detail detail = DataOptions::kFull;
  std::string along;  // "" for what is usual
};

// The parts of a path behind "/sdmx/rest/"; a slash at the end is left out. Nothing if it is
// another path.
std::optional<std::vector<std::string>> PartsOf(absl::string_view path);

absl::StatusOr<StructureQuery> ReadStructureQuery(const std::vector<std::string>& parts,
                                                  const Question& question);
absl::StatusOr<DataQuery> ReadDataQuery(const std::vector<std::string>& parts,
                                        const Question& question);
// Whether SDMX has such a resource, which is not served here.
bool IsOtherResource(absl::string_view resource);

// What the caller takes best, of the formats of data, or of structures.
absl::StatusOr<Format> FormatOf(const Question& question, bool data);
// "application/vnd.sdmx.data+json;version=1.0.0".
std::string MediaTypeOf(Format format);

}  // namespace puente::gateway::reports
