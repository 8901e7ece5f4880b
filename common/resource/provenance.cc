#include "common/resource/provenance.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/fields/rules.h"
#include "common/identity/spiffe.h"
#include "common/names/source.h"
#include "common/resource/reference_fields.h"
#include "common/resource/standard.h"

namespace puente::resource {
namespace {

constexpr char kSource[] = "source";
constexpr char kKind[] = "record_kind";

std::vector<Violation> Missing(const Message& record, const std::string& under) {
  std::vector<Violation> missing;
  const auto require = [&](const char* field) {
    missing.push_back(Against(rule::kRequired).At(absl::StrCat(under, ".", field)));
  };
  if (standard::Get(record, kSource).empty()) require(kSource);
  if (standard::Kind(record) == type::v1::RECORD_KIND_UNSPECIFIED) require(kKind);
  return missing;
}

}  // namespace

bool IsOfItsAgency(const Call& call, const Spec& spec) {
  const absl::string_view agency = AgencyOf(spec.contract().type());
  // What the gateway keeps belongs to no agency: the one that may write it answers for it.
  if (agency == identity::kGateway) return call.caller.kind() == "agency";
  return call.caller.path == identity::ServerPath(agency);
}

std::vector<Violation> CheckProvenance(const Call& call, const Spec& spec, const Message& record,
                                       const std::string& under) {
  if (IsOfItsAgency(call, spec)) return Missing(record, under);
  const std::vector<std::string> own = SourcesOf(call);
  const std::string given = standard::Get(record, kSource);
  const std::string place = absl::StrCat(under, ".", kSource);
  if (!given.empty() && !absl::c_linear_search(own, given)) {
    return {Against(rule::kNotYourSource, "sources"_is(absl::StrJoin(own, ", "))).At(place)};
  }
  if (!IsSource(own.front())) {
    return {Against(rule::kNoSource, "source"_is(own.front())).At(place)};
  }
  return {};
}

void SetProvenance(const Call& call, const Spec& spec, Message& record) {
  if (IsOfItsAgency(call, spec)) return;
  standard::SetKind(record, call.standing.record_kind);
  if (standard::Get(record, kSource).empty()) {
    standard::Set(record, kSource, SourcesOf(call).front());
  }
}

std::vector<Violation> KeepProvenance(const Call& call, const Spec& spec, const Message& before,
                                      Message& after, const std::string& under) {
  if (IsOfItsAgency(call, spec)) return Missing(after, under);
  standard::Set(after, kSource, standard::Get(before, kSource));
  standard::SetKind(after, standard::Kind(before));
  return {};
}

}  // namespace puente::resource
