#include "common/agency/collector.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "common/journal/entries.h"
#include "common/resource/owner.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"

namespace puente::agency {
namespace {

using due::Next;
using resource::Message;
using resource::ReferenceField;
using resource::Spec;

// Entries that a slice reads, and the resources after which it reads no more of them.
constexpr int kMostEntries = 200;
constexpr size_t kMostResources = 500;

}  // namespace

Collector::Collector(std::string self, const std::vector<const Spec*>& specs)
    : self_(std::move(self)) {
  for (const Spec* spec : specs) {
    Followed followed{spec, {}};
    for (ReferenceField& field : resource::ReferenceFields(spec->type())) {
      if (resource::DomainOf(field.type) != spec->contract().domain()) {
        followed.fields.push_back(std::move(field));
      }
    }
    if (!followed.fields.empty()) followed_.push_back(std::move(followed));
  }
}

absl::StatusOr<Next> Collector::Collect(const due::Slice& slice) {
  ASSIGN_OR_RETURN(int64_t position, ReadCollectedPosition(slice.session));
  ASSIGN_OR_RETURN(const auto entries, journal::ReadEntries(slice.session, position, kMostEntries));
  if (entries.empty()) {
    position_ = position;
    return Next::Done();
  }
  std::map<const Followed*, std::set<std::string>> changed;
  size_t count = 0;
  for (const journal::SequencedEntry& entry : entries) {
    if (count >= kMostResources) break;
    position = entry.position;
    for (const journal::v1::Leaf& leaf : entry.change.resources()) {
      const auto of = std::find_if(followed_.begin(), followed_.end(), [&](const Followed& one) {
        return one.spec->pattern().Parse(leaf.name()).ok();
      });
      if (of != followed_.end() && changed[&*of].insert(leaf.name()).second) ++count;
    }
  }
  std::vector<std::string> resources;
  std::vector<ForeignReference> references;
  for (const auto& [followed, names] : changed) {
    const std::vector<std::string> list(names.begin(), names.end());
    RETURN_IF_ERROR(AppendReferences(slice.session, *followed, list, references));
    resources.insert(resources.end(), list.begin(), list.end());
  }
  return Next::Now("").Writing([position, resources = std::move(resources),
                                references = std::move(references)](journal::Transaction& tx) {
    return StoreCollected(tx, position, resources, references);
  });
}

absl::Status Collector::AppendReferences(sql::Session& session, const Followed& followed,
                                         const std::vector<std::string>& names,
                                         std::vector<ForeignReference>& references) const {
  const Spec& spec = *followed.spec;
  const auto at_a_time = static_cast<size_t>(spec.most_rows());
  for (size_t begin = 0; begin < names.size(); begin += at_a_time) {
    const size_t end = std::min(names.size(), begin + at_a_time);
    std::vector<std::unique_ptr<Message>> found;
    std::vector<resource::internal::Asked> asked;
    for (size_t i = begin; i < end; ++i) {
      found.push_back(spec.NewMessage());
      asked.push_back({names[i], "name", *found.back()});
    }
    resource::internal::GetEach(session, spec, absl::MakeSpan(asked));
    for (const resource::internal::Asked& one : asked) {
      if (absl::IsNotFound(one.status)) continue;  // it was deleted
      RETURN_IF_ERROR(one.status);
      const std::string reader = ReaderOf(spec, one.found);
      for (const ReferenceField& field : followed.fields) {
        for (resource::Named& named : resource::NamesIn(one.found, field, "")) {
          if (named.name.empty()) continue;
          references.push_back({one.name, field.Path(), std::move(named.name), field.type, reader});
        }
      }
    }
  }
  return absl::OkStatus();
}

std::string Collector::ReaderOf(const Spec& spec, const Message& resource) const {
  const std::string owner = resource::OwnerPath(spec, resource);
  return owner.empty() ? self_ : owner;
}

}  // namespace puente::agency
