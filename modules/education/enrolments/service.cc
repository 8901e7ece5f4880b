#include "modules/education/enrolments/service.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/resource/serve.h"
#include "modules/education/awards/resource.h"
#include "modules/education/campuses/resource.h"
#include "modules/education/enrolments/resource.h"
#include "modules/education/enrolments/rules.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"
#include "modules/education/learners/resource.h"
#include "modules/education/many.h"
#include "modules/education/microcredential_versions/resource.h"

namespace puente::education {
namespace {

using NewEnrolments = Many<v1::Enrolment>;

// Which goes on, by learner and version.
using GoingOn = std::map<std::pair<std::string, std::string>, std::string>;

std::pair<std::string, std::string> WhoAndWhat(const v1::Enrolment& enrolment) {
  return {enrolment.learner(), enrolment.microcredential_version()};
}

// Copies of the learners what figures need. They are guarded first, so that none is destroyed, nor
// enrolled by another, meanwhile.
absl::Status TakeLearners(const Call& call, journal::Transaction& tx, NewEnrolments& many) {
  const auto names = many.Stated([](const auto& one) { return one.learner(); });
  RETURN_IF_ERROR(resource::internal::GuardEachFirst(tx, Learners(), names));
  ASSIGN_OR_RETURN(const auto learners, resource::FindMany(tx, Learners(), names));
  many.Check([&](v1::Enrolment& one) {
    const auto found = learners.find(one.learner());
    if (found == learners.end()) return Learners().NotFound(one.learner(), "enrolment.learner");
    const v1::Learner& learner = found->second;
    if (learner.state() != v1::LEARNER_STATE_CURRENT) {
      return resource::StateWrong(Learners(), Learners().state_wrong(), call.verb(), learner,
                                  {v1::LEARNER_STATE_CURRENT});
    }
    one.set_sex(learner.sex());
    one.set_birth_years(learner.birth_years());
    one.set_state_code(learner.state_code());
    return absl::OkStatus();
  });
  return absl::OkStatus();
}

absl::Status CheckVersions(const Call& call, journal::Transaction& tx, NewEnrolments& many) {
  const auto& versions = MicrocredentialVersions();
  const auto names = many.Stated([](const auto& one) { return one.microcredential_version(); });
  ASSIGN_OR_RETURN(const auto found, resource::FindMany(tx, versions, names));
  many.Check([&](const v1::Enrolment& one) {
    const auto version = found.find(one.microcredential_version());
    if (version == found.end()) {
      return versions.NotFound(one.microcredential_version(), "enrolment.microcredential_version");
    }
    if (version->second.state() == v1::MICROCREDENTIAL_STATE_PUBLISHED) return absl::OkStatus();
    return resource::StateWrong(versions, versions.state_wrong(), call.verb(), version->second,
                                {v1::MICROCREDENTIAL_STATE_PUBLISHED});
  });
  return absl::OkStatus();
}

// Campuses can be deleted.
absl::Status CheckCampuses(journal::Transaction& tx, NewEnrolments& many) {
  const auto names = many.Stated([](const auto& one) { return one.campus(); });
  ASSIGN_OR_RETURN(const auto found, resource::FindMany(tx, Campuses(), names));
  for (const auto& [name, campus] : found) resource::internal::GuardAsRead(tx, Campuses(), campus);
  many.Check([&](const v1::Enrolment& one) {
    if (one.campus().empty() || found.contains(one.campus())) return absl::OkStatus();
    return Campuses().NotFound(one.campus(), "enrolment.campus");
  });
  return absl::OkStatus();
}

// That nobody learns the same twice at one time.
absl::Status CheckAlone(journal::Transaction& tx, NewEnrolments& many) {
  const auto learners = many.Stated([](const auto& one) { return one.learner(); });
  if (learners.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto others,
                   resource::Select(tx, Enrolments(), "education.enrolment.going_on",
                                    absl::StrCat("FORCE INDEX (at_once) WHERE learner IN ",
                                                 sql::InList(learners.size()), " AND goes_on = 1"),
                                    ListOf(learners)));
  GoingOn going_on;
  for (const v1::Enrolment& other : others) going_on.emplace(WhoAndWhat(other), other.name());
  many.Check([&](const v1::Enrolment& one) {
    const std::string& name = going_on.emplace(WhoAndWhat(one), one.name()).first->second;
    if (name == one.name()) return absl::OkStatus();  // perhaps stored already, as Create will say
    return Error(error::kEnrolmentOverlaps, "learner"_is(one.learner()),
                 "version"_is(one.microcredential_version()), "other"_is(name),
                 "field"_is("enrolment.learner"));
  });
  return absl::OkStatus();
}

absl::Status PrepareNew(const Call& call, journal::Transaction& tx,
                        absl::Span<v1::Enrolment* const> fresh, absl::Span<absl::Status> refusals) {
  NewEnrolments many(fresh, refusals);
  const absl::CivilDay today = LegalDay(call.start);
  many.Check([&](const v1::Enrolment& one) { return InvalidFields(CheckNew(one, today)); });
  RETURN_IF_ERROR(CheckOrganizations(call, tx, many));
  RETURN_IF_ERROR(TakeLearners(call, tx, many));
  RETURN_IF_ERROR(CheckVersions(call, tx, many));
  RETURN_IF_ERROR(CheckCampuses(tx, many));
  return CheckAlone(tx, many);
}

// That no award rests on it. Whoever issues one has guarded it, so that it is seen here, or does so
// afterwards, and sees what is changed now.
absl::Status CheckNotAwarded(journal::Transaction& tx, const v1::Enrolment& enrolment) {
  RETURN_IF_ERROR(resource::GuardFirst(tx, Enrolments(), enrolment.name(), "name").status());
  ASSIGN_OR_RETURN(const auto awards,
                   resource::Select(tx, Awards(), "education.award.of_enrolment",
                                    "FORCE INDEX (one_of_enrolment) WHERE live_enrolment = ?",
                                    {enrolment.name()}));
  if (awards.empty()) return absl::OkStatus();
  return Error(error::kEnrolmentAwarded, "name"_is(enrolment.name()),
               "award"_is(awards.front().name()));
}

absl::Status PrepareChanged(const Call& call, journal::Transaction& tx, const v1::Enrolment*,
                            v1::Enrolment& after) {
  RETURN_IF_ERROR(InvalidFields(CheckBegin(after, LegalDay(call.start))));
  return CheckNotAwarded(tx, after);
}

absl::Status CompleteEnrolment(const Call& call, journal::Transaction&, const v1::Enrolment&,
                               v1::Enrolment& after) {
  return InvalidFields(CheckEnd(after, LegalDay(call.start)));
}

absl::Status WithdrawEnrolment(const Call& call, journal::Transaction& tx, const v1::Enrolment&,
                               v1::Enrolment& after) {
  RETURN_IF_ERROR(InvalidFields(CheckEnd(after, LegalDay(call.start))));
  return CheckNotAwarded(tx, after);
}

// Who learns what from when on.
std::string IdInFiles(const v1::Enrolment& enrolment) {
  const std::string begin = absl::FormatCivilTime(ToCivilDay(enrolment.begin_date()));
  return crypto::UuidOf(crypto::TaggedSha256(
      "puente-enrolment/1", {enrolment.learner(), enrolment.microcredential_version(), begin}));
}

}  // namespace

resource::RecordWriter ServeEnrolments(calls::Host& host) {
  return resource::Serve(
      host, Enrolments(),
      {.check = &CheckCampus,
       .prepare = &PrepareChanged,
       .prepare_many = &PrepareNew,
       .verbs = {{.verb = "CompleteEnrolment", .prepare = &CompleteEnrolment},
                 {.verb = "WithdrawEnrolment", .prepare = &WithdrawEnrolment}},
       .in_files = {
           .id = &IdInFiles, .check_id = &CheckIdOfRecord, .verbs = {"CompleteEnrolment"}}});
}

}  // namespace puente::education
