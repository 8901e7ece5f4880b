#include "cli/provenance.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/format.h"

namespace puente::cli {
namespace {

std::string FailureText(Language language, const gateway::v1::Provenance& provenance) {
  const gateway::v1::SectionFailure& failure = provenance.failure();
  std::string text =
      failure.message().empty() ? std::string(In(language, label::kNoReason)) : failure.message();
  if (!failure.needs().empty()) {
    absl::StrAppend(&text, " (", In(language, label::kNeeds), ": ", failure.needs(), ")");
  }
  if (!failure.reason().empty()) absl::StrAppend(&text, " [", failure.reason(), "]");
  return text;
}

}  // namespace

bool HasAnswer(Printer& printer, const gateway::v1::Provenance& provenance) {
  const auto warn = [&](const Label& state) {
    const std::string agency =
        provenance.agency().empty() ? "" : absl::StrCat(" (", provenance.agency(), ")");
    printer.Warning(absl::StrCat(printer.Say(state), agency, ": ",
                                 FailureText(printer.language(), provenance)));
  };
  switch (provenance.state()) {
    case gateway::v1::SECTION_STATE_FRESH:
      return true;
    case gateway::v1::SECTION_STATE_STALE:
      warn(label::kStale);
      return true;
    case gateway::v1::SECTION_STATE_DENIED:
      warn(label::kDenied);
      return false;
    case gateway::v1::SECTION_STATE_NOT_ASKED:
      warn(label::kNothingToAsk);
      return false;
    default:
      warn(label::kMissing);
      return false;
  }
}

void PrintRecordKind(Printer& printer, type::v1::RecordKind kind) {
  if (kind == type::v1::RECORD_KIND_GENERATED) printer.Warning(printer.Say(label::kGenerated));
}

std::string SourceText(Language language, type::v1::RecordKind kind,
                       const google::protobuf::RepeatedPtrField<std::string>& sources) {
  std::vector<std::string> parts;
  if (kind == type::v1::RECORD_KIND_REAL) parts.emplace_back(In(language, label::kReal));
  if (!sources.empty()) {
    parts.push_back(absl::StrCat(In(language, label::kSource), ": ", absl::StrJoin(sources, ", ")));
  }
  return absl::StrJoin(parts, "; ");
}

void PrintCouldNotSplit(Printer& printer,
                        const google::protobuf::RepeatedPtrField<std::string>& dimensions) {
  if (dimensions.empty()) return;
  const auto has = [&](absl::string_view name) {
    return std::find(dimensions.begin(), dimensions.end(), name) != dimensions.end();
  };
  std::vector<std::string> names;
  for (const std::string& dimension : dimensions) {
    names.push_back(dimension == "sector"  ? printer.Say(label::kDimensionSector)
                    : dimension == "state" ? printer.Say(label::kDimensionState)
                                           : dimension);
  }
  std::string text =
      absl::StrCat(printer.Say(label::kCannotSplit), ": ", absl::StrJoin(names, ", "));
  if (has("sector") && has("state")) {
    absl::StrAppend(&text, " - ", printer.Say(label::kForBoth));
  } else if (has("state")) {
    absl::StrAppend(&text, " - ", printer.Say(label::kForCountry));
  } else if (has("sector")) {
    absl::StrAppend(&text, " - ", printer.Say(label::kForSectors));
  }
  printer.Line(text);
}

void PrintProvenance(Printer& printer, const gateway::v1::Provenance& provenance, bool digest) {
  std::string text =
      absl::StrCat(printer.Say(label::kFrom), " ", provenance.agency(), ", ",
                   printer.Say(label::kAsOf), " ", TimeText(provenance.as_of_time()), ", ",
                   printer.Say(label::kAnsweredIn), " ", DurationText(provenance.latency()));
  if (provenance.hosting() == api::v1::HOSTING_EMBEDDED) {
    absl::StrAppend(&text, ", ", printer.Say(label::kEmbedded));
  }
  printer.Line(text);
  if (digest) {
    printer.Line(absl::StrCat(printer.Say(label::kDigest), " ",
                              absl::BytesToHexString(provenance.digest())));
  }
}

}  // namespace puente::cli
