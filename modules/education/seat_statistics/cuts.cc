#include "modules/education/seat_statistics/cuts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/crypto/digest.h"
#include "modules/education/outcomes.h"

namespace puente::education::seats {
namespace {

absl::string_view KindKey(type::v1::RecordKind kind) {
  return kind == type::v1::RECORD_KIND_REAL ? "R" : "G";
}

std::string CycleFrom(int64_t first) { return absl::StrCat(first, "-", first + 1); }

bool IsYear(absl::string_view period) { return !absl::StrContains(period, '-'); }

// The cycle that begins in a calendar year, or the cycle itself.
std::string CycleOf(absl::string_view period) {
  int64_t year = 0;
  return IsYear(period) && absl::SimpleAtoi(period, &year) ? CycleFrom(year) : std::string(period);
}

// The ids of a version's skills, or kNone, and kAll.
std::set<std::string> SkillKeys(const v1::ProgramVersion& version) {
  std::set<std::string> keys;
  for (const std::string& skill : SkillsOf(version)) {
    keys.emplace(absl::StripPrefix(skill, "skills/"));
  }
  if (keys.empty()) keys.emplace(kNone);
  keys.emplace(kAll);
  return keys;
}

std::string Prefix(type::v1::RecordKind kind, const std::string& cycle, const std::string& state) {
  return absl::StrCat("T|", KindKey(kind), "|", cycle, "|", state, "|");
}

std::string SourcePrefix(type::v1::RecordKind kind, const Key& key) {
  const std::string digest = absl::BytesToHexString(crypto::Sha256(key.skill).substr(0, 8));
  return absl::StrCat("S|", KindKey(kind), "|", key.cycle, "|", key.state, "|", digest, "|");
}

}  // namespace

std::string SchoolCycle(absl::CivilDay day) {
  return CycleFrom(day.month() >= 8 ? day.year() : day.year() - 1);
}

Amounts AmountsOf(const v1::ProgramVersion& version,
                  const std::map<std::string, std::string>& states) {
  std::set<std::pair<std::string, std::string>> stated;  // campus and cycle
  for (const v1::ProgramSeats& seats : version.seats()) {
    if (!IsYear(seats.period())) stated.insert({seats.campus(), seats.period()});
  }
  const std::set<std::string> skills = SkillKeys(version);
  Amounts amounts;
  for (const v1::ProgramSeats& seats : version.seats()) {
    const std::string cycle = CycleOf(seats.period());
    if (IsYear(seats.period()) && stated.contains({seats.campus(), cycle})) continue;
    const auto campus = states.find(seats.campus());
    const std::string state = campus == states.end() ? std::string(kNone) : campus->second;
    for (const std::string& skill : skills) {
      for (const std::string& where : {state, std::string(kAll)}) {
        Amount& amount = amounts[{cycle, where, skill}];
        amount.seats += seats.seats();
        amount.graduates += seats.graduates();
      }
    }
  }
  return amounts;
}

void Count(const std::string& cut, const Amount* before, const Amount* after, bool last,
           journal::Deltas& deltas) {
  const auto add = [&](int measure, int64_t was, int64_t is) {
    if (is != was) deltas.Count(cut, measure, is - was);
  };
  const Amount none;
  const Amount& was = before == nullptr ? none : *before;
  const Amount& is = after == nullptr ? none : *after;
  add(kSeats, was.seats, is.seats);
  add(kGraduates, was.graduates, is.graduates);
  add(kProgramsWithGraduates, was.graduates > 0, is.graduates > 0);
  add(kPrograms, before != nullptr, after != nullptr);
  if (last) add(kOrganizations, before != nullptr, after != nullptr);
}

std::string CutOf(type::v1::RecordKind kind, const Key& key) {
  return absl::StrCat(Prefix(kind, key.cycle, key.state), key.skill);
}

journal::CutRange SkillsAfter(type::v1::RecordKind kind, const std::string& cycle,
                              const std::string& state, absl::string_view skill) {
  const std::string prefix = Prefix(kind, cycle, state);
  // What is no skill comes before all skills.
  journal::CutRange range = journal::CutRange::Prefix(prefix);
  range.first = absl::StrCat(prefix, std::max(skill, kNone), absl::string_view("\0", 1));
  return range;
}

std::string SkillOf(absl::string_view cut) { return std::string(cut.substr(cut.rfind('|') + 1)); }

std::string SourceCut(type::v1::RecordKind kind, const Key& key, absl::string_view source) {
  return absl::StrCat(SourcePrefix(kind, key), source);
}

journal::CutRange SourcesIn(type::v1::RecordKind kind, const Key& key) {
  return journal::CutRange::Prefix(SourcePrefix(kind, key));
}

}  // namespace puente::education::seats
