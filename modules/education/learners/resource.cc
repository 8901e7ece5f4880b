#include "modules/education/learners/resource.h"

#include "common/resource/provenance.h"

namespace puente::education {
namespace {

bool MaySeePersons(const Call& call) { return resource::IsOfItsAgency(call, Learners()); }

// An institution is not told who a learner is, so that two of them find nothing in common.
absl::Status LeaveOutPerson(const Call& call, sql::Session&, const v1::Learner*,
                            absl::Span<resource::Message* const> learners) {
  if (MaySeePersons(call)) return absl::OkStatus();
  for (resource::Message* learner : learners) static_cast<v1::Learner*>(learner)->clear_person();
  return absl::OkStatus();
}

absl::StatusOr<bool> MayAskByPerson(const Call& call, sql::Session&, absl::string_view field,
                                    const std::string&) {
  return field != "person" || MaySeePersons(call);
}

}  // namespace

const resource::Resource<v1::Learner>& Learners() {
  // It begins with RegisterLearner, CURRENT.
  static const resource::Resource<v1::Learner> learners({
      .table = "learner",
      .lists = {{.by = {"person"}, .index = "by_person"}},
      .hides = true,
      .guarded = true,
      .leave_out = &LeaveOutPerson,
      .may_ask = &MayAskByPerson,
      .states = {{.verb = "UpdateLearner", .from = {v1::LEARNER_STATE_CURRENT}}},
      .over = {v1::LEARNER_STATE_DESTROYED},
  });
  return learners;
}

}  // namespace puente::education
