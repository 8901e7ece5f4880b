#include "modules/education/teaching/workshops.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/names/text.h"
#include "common/resource/provenance.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "modules/education/facilities/resource.h"
#include "modules/education/sharing_agreements/resource.h"

namespace puente::education::teaching {
namespace {

constexpr int kMostShared = 3;  // of a skill, in the municipality and in the state
constexpr int kMostAgreed = 20;
constexpr int kInForce = v1::SHARING_AGREEMENT_STATE_IN_FORCE;
constexpr absl::string_view kOwn =
    "(SELECT skill, facility FROM facility_site FORCE INDEX (by_campus) WHERE record_kind = ?"
    " AND campus = ? AND skill = ? ORDER BY room, facility LIMIT ?)";
constexpr absl::string_view kInMunicipality =
    "(SELECT skill, facility FROM facility_site FORCE INDEX (PRIMARY) WHERE record_kind = ?"
    " AND skill = ? AND state_code = ? AND municipality = ? AND campus <> ?"
    " ORDER BY room, facility LIMIT ?)";
constexpr absl::string_view kInState =
    "(SELECT skill, facility FROM facility_site FORCE INDEX (by_state) WHERE record_kind = ?"
    " AND skill = ? AND state_code = ? AND campus <> ? ORDER BY room, facility LIMIT ?)";
constexpr sql::Query kAgreed{"education.teaching.agreed",
                             "SELECT facility FROM sharing_agreement FORCE INDEX (in_force)"
                             " WHERE guest = ? AND state = ? AND end_date >= ? AND begin_date <= ?"
                             " ORDER BY end_date LIMIT ?"};
constexpr absl::string_view kAgreedOf =
    "SELECT facility FROM sharing_agreement FORCE INDEX (of_guest) WHERE guest = ? AND state = ?"
    " AND end_date >= ? AND begin_date <= ? AND facility IN ";

class Workshops {
 public:
  Workshops(const Question& question, v1::TeachingSite& site)
      : question_(question),
        site_(site),
        campus_(site.campus().name()),
        guest_(absl::StrCat("organization/",
                            absl::StripPrefix(site.organization(), "organizations/"))),
        begin_(absl::FormatCivilTime(question.begin)),
        municipality_(Fold(site.municipality())) {}

  absl::Status Write() {
    RETURN_IF_ERROR(FindOwn());
    RETURN_IF_ERROR(FindShared());
    if (MayKnow(guest_)) RETURN_IF_ERROR(FindAgreed());
    std::vector<std::string> names(names_.begin(), names_.end());
    ASSIGN_OR_RETURN(const auto found, resource::FindMany(question_.snapshot, Facilities(), names));
    RETURN_IF_ERROR(ReadTerms(names));
    for (const auto& [name, facility] : found) Tell(facility);
    Sort(*site_.mutable_facilities());
    Sort(*site_.mutable_shared_facilities());
    return absl::OkStatus();
  }

 private:
  template <class Take>
  absl::Status Each(const std::string& text, const std::vector<sql::Value>& values,
                    const Take& take) {
    return question_.snapshot.Each({"education.teaching.workshops", text}, values,
                                   [&](const sql::Row& row) {
                                     take(row.Text(0), row.Text(1));
                                     return absl::OkStatus();
                                   });
  }

  absl::Status FindOwn() {
    std::string text;
    std::vector<sql::Value> values;
    for (const std::string& skill : question_.request.skills()) {
      absl::StrAppend(&text, text.empty() ? "" : " UNION ALL ", kOwn);
      values.insert(values.end(), {int{question_.kind}, campus_, skill, kMostListed + 1});
    }
    std::map<std::string, int> counts;
    return Each(text, values, [&](const std::string& skill, std::string facility) {
      if (++counts[skill] > kMostListed) {
        site_.add_skills_equipped_more(skill);
      } else {
        names_.insert(std::move(facility));
      }
    });
  }

  absl::Status FindShared() {
    std::string text;
    std::vector<sql::Value> values;
    const std::string& state = site_.state_code();
    for (const std::string& skill : question_.request.skills()) {
      absl::StrAppend(&text, text.empty() ? "" : " UNION ALL ", kInMunicipality, " UNION ALL ",
                      kInState);
      values.insert(values.end(),
                    {int{question_.kind}, skill, state, municipality_, campus_, kMostShared});
      values.insert(values.end(), {int{question_.kind}, skill, state, campus_, kMostShared});
    }
    return Each(text, values, [&](const std::string&, std::string facility) {
      names_.insert(std::move(facility));
    });
  }

  // Which may be smaller than the largest that there are.
  absl::Status FindAgreed() {
    return question_.snapshot.Each(kAgreed, {guest_, kInForce, begin_, begin_, kMostAgreed},
                                   [&](const sql::Row& row) {
                                     names_.insert(row.Text(0));
                                     return absl::OkStatus();
                                   });
  }

  absl::Status ReadTerms(const std::vector<std::string>& names) {
    if (names.empty()) return absl::OkStatus();
    std::vector<sql::Value> values = {guest_, kInForce, begin_, begin_};
    sql::AppendList(names, values);
    return question_.snapshot.Each(
        {"education.teaching.agreed_of", absl::StrCat(kAgreedOf, sql::InList(names.size()))},
        values, [&](const sql::Row& row) {
          in_force_.insert(row.Text(0));
          return absl::OkStatus();
        });
  }

  bool MayKnow(const std::string& side) const {
    return side == question_.call.caller.path ||
           resource::IsOfItsAgency(question_.call, SharingAgreements());
  }

  v1::FacilityTerms TermsOf(const v1::Facility& facility) const {
    if (facility.owner() == guest_) return v1::FACILITY_TERMS_OWN;
    if (!MayKnow(guest_) && !MayKnow(facility.owner())) return v1::FACILITY_TERMS_HIDDEN;
    return in_force_.contains(facility.name()) ? v1::FACILITY_TERMS_IN_FORCE
                                               : v1::FACILITY_TERMS_NONE;
  }

  void Tell(const v1::Facility& facility) {
    // By an agreement another may have been found than what is looked for.
    const bool is_own = facility.campus() == campus_;
    if (facility.state() != v1::FACILITY_STATE_OPEN || facility.record_kind() != question_.kind ||
        (!is_own && facility.state_code() != site_.state_code())) {
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
    told.set_nearness(Fold(facility.municipality()) == municipality_
                          ? v1::SITE_NEARNESS_SAME_MUNICIPALITY
                          : v1::SITE_NEARNESS_SAME_STATE);
    told.set_terms(TermsOf(facility));
    *(is_own ? site_.add_facilities() : site_.add_shared_facilities()) = told;
  }

  static void Sort(google::protobuf::RepeatedPtrField<v1::SiteFacility>& facilities) {
    const auto key = [](const v1::SiteFacility& one) {
      return std::tuple(one.nearness(), -one.capacity(), one.facility());
    };
    absl::c_sort(facilities, [&](const auto& a, const auto& b) { return key(a) < key(b); });
  }

  const Question& question_;
  v1::TeachingSite& site_;
  const std::string campus_, guest_, begin_, municipality_;
  std::set<std::string> names_, in_force_;
};

}  // namespace

absl::Status WriteWorkshops(const Question& question, v1::TeachingSite& site) {
  return Workshops(question, site).Write();
}

}  // namespace puente::education::teaching
