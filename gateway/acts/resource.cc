#include "gateway/acts/resource.h"

#include "absl/strings/str_cat.h"

namespace puente::gateway {
namespace {

// Unique, so that of one subject one act of a kind goes on.
sql::Value OpenSubject(const v1::Act& act) {
  const bool over = act.state() == v1::ACT_STATE_DONE || act.state() == v1::ACT_STATE_UNDONE;
  return over ? sql::Value() : sql::Value(SubjectKey(act.kind(), act.subject()));
}

}  // namespace

std::string SubjectKey(absl::string_view kind, absl::string_view subject) {
  return absl::StrCat(kind, " ", subject);
}

const resource::Resource<v1::Act>& Acts() {
  static const resource::Resource<v1::Act> acts({
      .table = "act",
      .lists = {{.by = {"state"}, .index = "by_state"},
                {.by = {"organization"}, .index = "by_organization"},
                {.by = {"organization", "state"}, .index = "by_organization_state"}},
      .derived = {{"open_subject", &OpenSubject}},
      .hides = true,
      .over = {v1::ACT_STATE_DONE, v1::ACT_STATE_UNDONE},
  });
  return acts;
}

}  // namespace puente::gateway
