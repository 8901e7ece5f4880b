// Checks of many new records at once, of which each may be refused alone (Rules::prepare_many).
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "common/sql/bulk.h"
#include "common/sql/value.h"
#include "modules/education/ids.h"
#include "modules/education/organizations/service.h"

namespace puente::education {

// Records of which some may have been refused already.
template <class M>
class Many {
 public:
  Many(absl::Span<M* const> records, absl::Span<absl::Status> refusals)
      : records_(records), refusals_(refusals) {}

  // Refuses those of the others for which `check` gives an error.
  void Check(const std::function<absl::Status(M&)>& check) {
    for (size_t i = 0; i < records_.size(); ++i) {
      if (refusals_[i].ok()) refusals_[i] = check(*records_[i]);
    }
  }

  // What those that are not refused state, each text once and none that is empty.
  std::vector<std::string> Stated(const std::function<std::string(const M&)>& text) const {
    std::set<std::string> texts;
    for (size_t i = 0; i < records_.size(); ++i) {
      if (refusals_[i].ok()) texts.insert(text(*records_[i]));
    }
    texts.erase("");
    return {texts.begin(), texts.end()};
  }

 private:
  const absl::Span<M* const> records_;
  const absl::Span<absl::Status> refusals_;
};

// That the organizations below which they stand are registered: only those register, enrol, assess
// and award.
template <class M>
absl::Status CheckOrganizations(const Call& call, journal::Transaction& tx, Many<M>& many) {
  std::map<std::string, absl::Status> registered;
  for (const std::string& name :
       many.Stated([](const M& one) { return OrganizationOf(one.name()); })) {
    registered[name] = CheckRegistered(call, tx, name, "parent");
  }
  many.Check([&](const M& one) { return registered.at(OrganizationOf(one.name())); });
  return absl::OkStatus();
}

// The values of an sql::InList() of these, whose bytes they are.
inline std::vector<sql::Value> ListOf(absl::Span<const std::string> texts) {
  std::vector<sql::Value> values;
  sql::AppendList(texts, values);
  return values;
}

}  // namespace puente::education
