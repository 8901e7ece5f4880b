#include "gateway/council/feasibility_rules.h"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>

#include "absl/algorithm/container.h"

namespace puente::council {
namespace {

using economy::v1::FindPlacesResponse;
using education::v1::SiteFacility;
using education::v1::SkillTeachers;
using education::v1::TaughtProgram;
using education::v1::TeachingSite;
using gateway::v1::CampusFeasibility;
using gateway::v1::FeasibilityGap;
using gateway::v1::FeasibilityNeed;
using gateway::v1::FeasibilityNeedKind;

constexpr char kEducation[] = "education";
constexpr char kEconomy[] = "economy";

// What is lacking, and what is not known.
struct Finding {
  std::vector<FeasibilityNeed> needs;
  std::vector<FeasibilityGap> unknowns;

  FeasibilityNeed& Need(FeasibilityNeedKind kind, const std::string& skill = "") {
    FeasibilityNeed& need = needs.emplace_back();
    need.set_kind(kind);
    need.set_skill(skill);
    return need;
  }
  FeasibilityGap& Unknown(gateway::v1::FeasibilitySubject subject,
                          gateway::v1::FeasibilityGapReason reason, const char* agency,
                          const std::string& skill = "") {
    FeasibilityGap& gap = unknowns.emplace_back();
    gap.set_subject(subject);
    gap.set_reason(reason);
    gap.set_agency(agency);
    gap.set_skill(skill);
    return gap;
  }
  void Take(Finding&& other) {
    absl::c_move(other.needs, std::back_inserter(needs));
    absl::c_move(other.unknowns, std::back_inserter(unknowns));
  }
  int64_t Count() const {
    int64_t count = 0;
    for (const FeasibilityNeed& need : needs) count += need.count();
    return count;
  }
};

int TeachersFor(const Wanted& wanted) {
  return (wanted.seat_count + wanted.learners_per_teacher - 1) / wanted.learners_per_teacher;
}

// One campus.
class Judgement {
 public:
  Judgement(const Wanted& wanted, const TeachingSite& site, bool has_rule)
      : wanted_(wanted), site_(site), has_rule_(has_rule) {}

  Finding OfOrganization() const {
    Finding finding;
    if (site_.organization_state() != education::v1::ORGANIZATION_STATE_REGISTERED) {
      finding.Need(gateway::v1::FEASIBILITY_NEED_KIND_REGISTRATION);
    }
    return finding;
  }

  // Of the programs that teach it, the one by which it can most nearly be taught.
  Finding OfTeaching(const std::string& skill) const {
    std::vector<Finding> findings;
    for (const TaughtProgram& program : site_.programs()) {
      if (absl::c_linear_search(program.skills(), skill)) {
        findings.push_back(OfProgram(program, skill));
      }
    }
    Finding best;
    if (findings.empty()) {
      best.Need(gateway::v1::FEASIBILITY_NEED_KIND_PROGRAM, skill);
    } else {
      // What could be as it is goes before what certainly can't.
      best = *absl::c_min_element(findings, [](const Finding& one, const Finding& other) {
        const auto key = [](const Finding& f) {
          return std::tuple(!f.needs.empty(), !f.unknowns.empty(), f.needs.size(), f.Count());
        };
        return key(one) < key(other);
      });
    }
    const bool settled = best.needs.empty() && best.unknowns.empty();
    if (!settled && absl::c_linear_search(site_.skills_taught_more(), skill)) {
      best.Unknown(gateway::v1::FEASIBILITY_SUBJECT_PROGRAMS,
                   gateway::v1::FEASIBILITY_GAP_REASON_NOT_ASKED, kEducation, skill);
    }
    return best;
  }

  // Where all learners at once can learn it. `uses` gets what is another's.
  Finding OfFacilities(const std::string& skill, std::set<std::string>& uses) const {
    Finding finding;
    if (wanted_.room_skills.contains(skill)) return finding;
    int64_t seats = 0;
    for (const SiteFacility& one : site_.facilities()) {
      if (Serves(one, skill)) seats += one.capacity();
    }
    const int64_t lacking = wanted_.seat_count - seats;
    if (lacking <= 0) return finding;
    if (absl::c_linear_search(site_.skills_equipped_more(), skill)) {
      finding.Unknown(gateway::v1::FEASIBILITY_SUBJECT_FACILITIES,
                      gateway::v1::FEASIBILITY_GAP_REASON_NOT_ASKED, kEducation, skill);
      return finding;
    }
    const SiteFacility* shared = Shared(skill, lacking);
    if (shared == nullptr) {
      finding.Need(gateway::v1::FEASIBILITY_NEED_KIND_EQUIPMENT_MISSING, skill)
          .set_count(static_cast<int>(lacking));
    } else if (MayUse(*shared)) {
      uses.insert(shared->facility());
    } else {
      FeasibilityNeed& need =
          finding.Need(gateway::v1::FEASIBILITY_NEED_KIND_SHARED_WORKSHOP, skill);
      need.set_facility(shared->facility());
      need.set_terms(shared->terms());
      need.set_count(static_cast<int>(lacking));
    }
    return finding;
  }

 private:
  static bool Serves(const SiteFacility& facility, const std::string& skill) {
    return absl::c_linear_search(facility.skills(), skill);
  }
  static bool MayUse(const SiteFacility& facility) {
    return facility.terms() == education::v1::FACILITY_TERMS_OWN ||
           facility.terms() == education::v1::FACILITY_TERMS_IN_FORCE;
  }

  // One with so many seats that may be used already, else the nearest.
  const SiteFacility* Shared(const std::string& skill, int64_t seats) const {
    const SiteFacility* found = nullptr;
    for (const SiteFacility& one : site_.shared_facilities()) {
      if (!Serves(one, skill) || one.capacity() < seats) continue;
      if (MayUse(one)) return &one;
      if (found == nullptr) found = &one;
    }
    return found;
  }

  Finding OfProgram(const TaughtProgram& program, const std::string& skill) const {
    Finding finding;
    const std::string& version = program.program_version();
    if (!absl::c_any_of(program.seats(), [](const auto& one) { return one.seats() > 0; })) {
      finding.Need(gateway::v1::FEASIBILITY_NEED_KIND_SEATS, skill).set_program_version(version);
    }
    if (program.recognition() == education::v1::RECOGNITION_NONE) {
      finding.Need(gateway::v1::FEASIBILITY_NEED_KIND_RVOE, skill).set_program_version(version);
    }
    const auto teachers = absl::c_find_if(
        program.teachers(), [&](const SkillTeachers& one) { return one.skill() == skill; });
    if (!has_rule_ || teachers == program.teachers().end()) {
      finding
          .Unknown(gateway::v1::FEASIBILITY_SUBJECT_TEACHERS,
                   gateway::v1::FEASIBILITY_GAP_REASON_UNKNOWN, kEducation, skill)
          .set_program_version(version);
    } else if (teachers->state() == education::v1::TEACHER_COVERAGE_STATE_HIDDEN) {
      finding
          .Unknown(gateway::v1::FEASIBILITY_SUBJECT_TEACHERS,
                   gateway::v1::FEASIBILITY_GAP_REASON_HIDDEN, kEducation, skill)
          .set_program_version(version);
    } else {
      AddTeachers(*teachers, version, finding);
    }
    return finding;
  }

  void AddTeachers(const SkillTeachers& teachers, const std::string& version,
                   Finding& finding) const {
    const int needed = TeachersFor(wanted_);
    const auto add = [&](FeasibilityNeedKind kind, int count) {
      if (count <= 0) return;
      FeasibilityNeed& need = finding.Need(kind, teachers.skill());
      need.set_program_version(version);
      need.set_count(count);
    };
    add(gateway::v1::FEASIBILITY_NEED_KIND_TEACHERS_TO_TRAIN,
        std::min(needed, teachers.teacher_count()) - teachers.up_to_date_count());
    add(gateway::v1::FEASIBILITY_NEED_KIND_TEACHERS_MISSING, needed - teachers.teacher_count());
  }

  const Wanted& wanted_;
  const TeachingSite& site_;
  const bool has_rule_;
};

Finding OfPlaces(const Wanted& wanted, const PlacesKnown& places) {
  Finding finding;
  if (wanted.training_place_count == 0) return finding;
  if (!places.known) {
    finding.Unknown(gateway::v1::FEASIBILITY_SUBJECT_TRAINING_PLACES, places.reason, kEconomy);
  } else if (places.lacking > 0) {
    finding.Need(gateway::v1::FEASIBILITY_NEED_KIND_TRAINING_PLACES).set_count(places.lacking);
  }
  return finding;
}

void Write(Finding finding, const std::set<std::string>& uses, CampusFeasibility& told) {
  absl::c_stable_sort(finding.needs,
                      [](const auto& a, const auto& b) { return a.kind() < b.kind(); });
  absl::c_stable_sort(finding.unknowns,
                      [](const auto& a, const auto& b) { return a.subject() < b.subject(); });
  told.set_verdict(!finding.unknowns.empty() ? gateway::v1::FEASIBILITY_VERDICT_NOT_KNOWN
                   : !finding.needs.empty()  ? gateway::v1::FEASIBILITY_VERDICT_WITH
                                             : gateway::v1::FEASIBILITY_VERDICT_NOW);
  for (FeasibilityNeed& one : finding.needs) *told.add_needs() = std::move(one);
  for (FeasibilityGap& one : finding.unknowns) *told.add_unknowns() = std::move(one);
  told.mutable_uses()->Add(uses.begin(), uses.end());
}

}  // namespace

void KeepOfState(FindPlacesResponse& found) {
  auto& matches = *found.mutable_matches();
  const auto first_of_others = absl::c_find_if(matches, [](const economy::v1::PlaceMatch& match) {
    return match.nearness() == economy::v1::NEARNESS_OTHER_STATE;
  });
  if (first_of_others == matches.end()) return;
  matches.erase(first_of_others, matches.end());
  found.clear_next_page_token();
}

void KeepOfKind(type::v1::RecordKind kind, FindPlacesResponse& found) {
  auto& matches = *found.mutable_matches();
  matches.erase(std::remove_if(matches.begin(), matches.end(),
                               [kind](const economy::v1::PlaceMatch& match) {
                                 return match.training_place().record_kind() != kind;
                               }),
                matches.end());
}

PlacesKnown KnownOf(const Wanted& wanted, const FindPlacesResponse* found, bool asked) {
  PlacesKnown places;
  if (found == nullptr) {
    places.reason = asked ? gateway::v1::FEASIBILITY_GAP_REASON_UNKNOWN
                          : gateway::v1::FEASIBILITY_GAP_REASON_NOT_ASKED;
    return places;
  }
  // What is found has a seat free at least.
  int64_t seats = 0;
  bool all_told = true;
  for (const economy::v1::PlaceMatch& match : found->matches()) {
    seats += match.has_free() ? match.free() : 1;
    all_told = all_told && match.has_free();
  }
  const int64_t lacking = wanted.training_place_count - seats;
  places.known = lacking <= 0 || (all_told && found->next_page_token().empty());
  if (places.known) {
    places.lacking = static_cast<int>(std::max<int64_t>(lacking, 0));
  } else {
    places.reason = all_told ? gateway::v1::FEASIBILITY_GAP_REASON_NOT_ASKED
                             : gateway::v1::FEASIBILITY_GAP_REASON_HIDDEN;
  }
  return places;
}

CampusFeasibility Judge(const Wanted& wanted, const TeachingSite& site, bool has_rule,
                        const PlacesKnown& places) {
  const Judgement judgement(wanted, site, has_rule);
  Finding finding = judgement.OfOrganization();
  std::set<std::string> uses;
  for (const std::string& skill : wanted.skills) {
    finding.Take(judgement.OfTeaching(skill));
    finding.Take(judgement.OfFacilities(skill, uses));
  }
  finding.Take(OfPlaces(wanted, places));
  CampusFeasibility told;
  *told.mutable_site() = site;
  Write(std::move(finding), uses, told);
  return told;
}

}  // namespace puente::council
