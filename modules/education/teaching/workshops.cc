#include "modules/education/teaching/workshops.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/names/text.h"
#include "common/resource/provenance.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "modules/education/facilities/resource.h"
#include "modules/education/ids.h"
#include "modules/education/many.h"
#include "modules/education/organizations/resource.h"
#include "modules/education/sharing_agreements/resource.h"
#include "modules/education/teaching/unions.h"

namespace puente::education::teaching {
namespace {

constexpr int kMostShared = 3;  // of a skill, in the municipality and in the state
constexpr int kMostAgreed = 20;
constexpr int kInForce = v1::SHARING_AGREEMENT_STATE_IN_FORCE;
constexpr absl::string_view kOwn =
    "(SELECT ?, skill, facility FROM facility_site FORCE INDEX (by_campus) WHERE record_kind = ?"
    " AND campus = ? AND skill = ? ORDER BY room, facility LIMIT ?)";
constexpr absl::string_view kInMunicipality =
    "(SELECT ?, facility FROM facility_site FORCE INDEX (PRIMARY) WHERE record_kind = ?"
    " AND skill = ? AND state_code = ? AND municipality = ? AND campus <> ?"
    " ORDER BY room, facility LIMIT ?)";
constexpr absl::string_view kInState =
    "(SELECT ?, facility FROM facility_site FORCE INDEX (by_state) WHERE record_kind = ?"
    " AND skill = ? AND state_code = ? AND campus <> ? ORDER BY room, facility LIMIT ?)";
constexpr absl::string_view kAgreed =
    "(SELECT ?, facility FROM sharing_agreement FORCE INDEX (in_force)"
    " WHERE guest = ? AND state = ? AND end_date >= ? AND begin_date <= ?"
    " ORDER BY end_date LIMIT ?)";
constexpr absl::string_view kAgreedOf =
    "SELECT facility, guest FROM sharing_agreement FORCE INDEX (of_guest) WHERE state = ?"
    " AND end_date >= ? AND begin_date <= ? AND facility IN ";

// A campus, and what is found for it.
struct Workplace {
  v1::TeachingSite& site;
  std::string campus, guest, municipality;
  std::set<std::string> names;
};

class Workshops {
 public:
  Workshops(const Question& question, const std::vector<v1::TeachingSite*>& sites)
      : question_(question), begin_(absl::FormatCivilTime(question.begin)) {
    for (v1::TeachingSite* site : sites) {
      places_.push_back(
          {*site,
           site->campus().name(),
           absl::StrCat("organization/", absl::StripPrefix(site->organization(), "organizations/")),
           Fold(site->municipality()),
           {}});
    }
  }

  absl::Status Write() {
    RETURN_IF_ERROR(FindOwn());
    RETURN_IF_ERROR(FindShared());
    RETURN_IF_ERROR(FindAgreed());
    std::set<std::string> all;
    for (const Workplace& place : places_) all.insert(place.names.begin(), place.names.end());
    const std::vector<std::string> names(all.begin(), all.end());
    ASSIGN_OR_RETURN(const auto found, resource::FindMany(question_.snapshot, Facilities(), names));
    RETURN_IF_ERROR(ReadTerms(names));
    RETURN_IF_ERROR(ReadOwners(found));
    for (const Workplace& place : places_) {
      for (const std::string& name : place.names) {
        if (const auto facility = found.find(name); facility != found.end()) {
          Tell(place, facility->second);
        }
      }
      Sort(*place.site.mutable_facilities());
      Sort(*place.site.mutable_shared_facilities());
    }
    return absl::OkStatus();
  }

 private:
  absl::Status FindOwn() {
    Unions reads(kOwn);
    for (size_t i = 0; i < places_.size(); ++i) {
      for (const std::string& skill : question_.request.skills()) {
        reads.Add(static_cast<int>(i),
                  {int{question_.kind}, places_[i].campus, skill, kMostListed + 1});
      }
    }
    std::map<std::pair<int, std::string>, int> counts;
    return reads.Each(question_.snapshot, "education.teaching.own",
                      [&](int number, const sql::Row& row) {
                        Workplace& place = places_[number];
                        const std::string skill = row.Text(1);
                        if (++counts[{number, skill}] > kMostListed) {
                          place.site.add_skills_equipped_more(skill);
                        } else {
                          place.names.insert(row.Text(2));
                        }
                      });
  }

  absl::Status FindShared() {
    Unions near(kInMunicipality), in_state(kInState);
    for (size_t i = 0; i < places_.size(); ++i) {
      const Workplace& place = places_[i];
      const std::string& state = place.site.state_code();
      for (const std::string& skill : question_.request.skills()) {
        near.Add(static_cast<int>(i), {int{question_.kind}, skill, state, place.municipality,
                                       place.campus, kMostShared});
        in_state.Add(static_cast<int>(i),
                     {int{question_.kind}, skill, state, place.campus, kMostShared});
      }
    }
    RETURN_IF_ERROR(TakeNames(near, "education.teaching.in_municipality"));
    return TakeNames(in_state, "education.teaching.in_state");
  }

  // Which may be smaller than the largest that there are.
  absl::Status FindAgreed() {
    Unions reads(kAgreed);
    for (size_t i = 0; i < places_.size(); ++i) {
      if (!MayKnow(places_[i].guest)) continue;
      reads.Add(static_cast<int>(i), {places_[i].guest, kInForce, begin_, begin_, kMostAgreed});
    }
    return TakeNames(reads, "education.teaching.agreed");
  }

  absl::Status TakeNames(const Unions& reads, absl::string_view query) {
    return reads.Each(question_.snapshot, query, [&](int number, const sql::Row& row) {
      places_[number].names.insert(row.Text(1));
    });
  }

  absl::Status ReadTerms(const std::vector<std::string>& names) {
    if (names.empty()) return absl::OkStatus();
    std::vector<std::string> guests;
    for (const Workplace& place : places_) guests.push_back(place.guest);
    std::vector<sql::Value> values = {kInForce, begin_, begin_};
    const auto append = [&](const std::vector<std::string>& list) {
      for (sql::Value& value : ListOf(list)) values.push_back(std::move(value));
    };
    append(names);
    append(guests);
    return question_.snapshot.Each({"education.teaching.agreed_of",
                                    absl::StrCat(kAgreedOf, sql::InList(names.size()),
                                                 " AND guest IN ", sql::InList(guests.size()))},
                                   values, [&](const sql::Row& row) {
                                     in_force_.insert({row.Text(0), row.Text(1)});
                                     return absl::OkStatus();
                                   });
  }

  // Whose facilities nobody books for now.
  absl::Status ReadOwners(const std::map<std::string, v1::Facility>& facilities) {
    std::set<std::string> owners;
    for (const auto& [name, facility] : facilities) {
      const auto owner = OrganizationOfPath(facility.owner());
      if (owner) owners.insert(*owner);
    }
    const std::vector<std::string> names(owners.begin(), owners.end());
    ASSIGN_OR_RETURN(const auto organizations,
                     resource::FindMany(question_.snapshot, Organizations(), names));
    for (const auto& [name, organization] : organizations) {
      if (organization.state() == v1::ORGANIZATION_STATE_REGISTERED) continue;
      unregistered_.insert(name);
    }
    return absl::OkStatus();
  }

  bool IsShared(const v1::Facility& facility) const {
    const auto owner = OrganizationOfPath(facility.owner());
    return !owner || !unregistered_.contains(*owner);
  }

  bool MayKnow(const std::string& side) const {
    return side == question_.call.caller.path ||
           resource::IsOfItsAgency(question_.call, SharingAgreements());
  }

  v1::FacilityTerms TermsOf(const Workplace& place, const v1::Facility& facility) const {
    if (facility.owner() == place.guest) return v1::FACILITY_TERMS_OWN;
    if (!MayKnow(place.guest) && !MayKnow(facility.owner())) return v1::FACILITY_TERMS_HIDDEN;
    return in_force_.contains({facility.name(), place.guest}) ? v1::FACILITY_TERMS_IN_FORCE
                                                              : v1::FACILITY_TERMS_NONE;
  }

  void Tell(const Workplace& place, const v1::Facility& facility) const {
    // By an agreement another may have been found than what is looked for.
    const bool is_own = facility.campus() == place.campus;
    if (facility.state() != v1::FACILITY_STATE_OPEN || facility.record_kind() != question_.kind ||
        (!is_own && (facility.state_code() != place.site.state_code() || !IsShared(facility)))) {
      return;
    }
    v1::SiteFacility told;
    for (const std::string& skill : question_.request.skills()) {
      if (absl::c_linear_search(facility.skills(), skill)) told.add_skills(skill);
    }
    if (told.skills().empty()) return;
    told.set_facility(facility.name());
    told.set_owner(facility.owner());
    told.set_title_es(facility.title_es());
    told.set_title_en(facility.title_en());
    told.set_kind(facility.kind());
    told.set_capacity(facility.capacity());
    told.set_municipality(facility.municipality());
    told.set_nearness(Fold(facility.municipality()) == place.municipality
                          ? v1::SITE_NEARNESS_SAME_MUNICIPALITY
                          : v1::SITE_NEARNESS_SAME_STATE);
    told.set_terms(TermsOf(place, facility));
    *(is_own ? place.site.add_facilities() : place.site.add_shared_facilities()) = told;
  }

  static void Sort(google::protobuf::RepeatedPtrField<v1::SiteFacility>& facilities) {
    const auto key = [](const v1::SiteFacility& one) {
      return std::tuple(one.nearness(), -one.capacity(), one.facility());
    };
    absl::c_sort(facilities, [&](const auto& a, const auto& b) { return key(a) < key(b); });
  }

  const Question& question_;
  const std::string begin_;
  std::vector<Workplace> places_;
  std::set<std::pair<std::string, std::string>> in_force_;  // facility and guest
  std::set<std::string> unregistered_;                      // organizations
};

}  // namespace

absl::Status WriteWorkshops(const Question& question, const std::vector<v1::TeachingSite*>& sites) {
  return Workshops(question, sites).Write();
}

}  // namespace puente::education::teaching
