#include "common/agency/collector.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/journal/entries.h"
#include "common/resource/owner.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"
#include "common/telemetry/log.h"

namespace puente::agency {
namespace {

using due::Next;
using resource::Message;
using resource::ReferenceField;
using resource::Spec;

// Entries that a slice reads.
constexpr int kMostEntries = 200;
// A slice goes on to further entries while it has fewer references than this. One resource may have
// some thousands, so few are looked at together.
constexpr size_t kEnoughReferences = 5'000;
constexpr size_t kTogether = 10;

// What can't be read is left as it was; the rest must not wait for it.
void LogUnreadable(absl::string_view what, absl::string_view name) {
  telemetry::Log(telemetry::Severity::kError, "references_not_collected",
                 {{"what", what}, {"name", name}});
}

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
  Collected collected;
  std::map<const Followed*, std::set<std::string>> changed;
  size_t count = 0;
  const auto look = [&]() -> absl::Status {
    for (const auto& [followed, names] : changed) {
      RETURN_IF_ERROR(Look(slice.session, *followed, {names.begin(), names.end()}, collected));
    }
    changed.clear();
    count = 0;
    return absl::OkStatus();
  };
  for (const journal::SequencedEntry& entry : entries) {
    if (collected.references.size() >= kEnoughReferences) break;
    position = entry.position;
    if (!entry.readable) LogUnreadable("entry", absl::StrCat(entry.position));
    for (const journal::v1::Leaf& leaf : entry.change.resources()) {
      const auto of = std::find_if(followed_.begin(), followed_.end(), [&](const Followed& one) {
        return one.spec->pattern().Parse(leaf.name()).ok();
      });
      if (of != followed_.end() && changed[&*of].insert(leaf.name()).second) ++count;
    }
    if (count >= kTogether) RETURN_IF_ERROR(look());
  }
  RETURN_IF_ERROR(look());
  const bool full =
      entries.size() == kMostEntries || collected.references.size() >= kEnoughReferences;
  return Next::After(full ? absl::ZeroDuration() : journal::kGather, "")
      .Writing([position, collected = std::move(collected)](journal::Transaction& tx) {
        return StoreCollected(tx, position, collected.resources, collected.references);
      });
}

absl::Status Collector::Look(sql::Session& session, const Followed& followed,
                             const std::vector<std::string>& names, Collected& collected) const {
  return resource::internal::EachNamed(
      session, *followed.spec, names,
      [&](size_t place, const absl::Status& read, const Message& found) -> absl::Status {
        if (absl::IsDataLoss(read)) {
          LogUnreadable("resource", names[place]);
          return absl::OkStatus();
        }
        if (!read.ok() && !absl::IsNotFound(read)) return read;
        collected.resources.push_back(names[place]);
        // What is deleted, or over, refers to nothing any more.
        if (read.ok() && !followed.spec->Over(found)) {
          AppendReferences(followed, names[place], found, collected.references);
        }
        return absl::OkStatus();
      });
}

void Collector::AppendReferences(const Followed& followed, const std::string& name,
                                 const Message& resource,
                                 std::vector<ForeignReference>& references) const {
  const std::string reader = ReaderOf(*followed.spec, resource);
  for (const ReferenceField& field : followed.fields) {
    for (resource::Named& named : resource::NamesIn(resource, field, "")) {
      if (named.name.empty()) continue;
      references.push_back({name, field.Path(), std::move(named.name), field.type, reader});
    }
  }
}

std::string Collector::ReaderOf(const Spec& spec, const Message& resource) const {
  const std::string owner = resource::OwnerPath(spec, resource);
  return owner.empty() ? self_ : owner;
}

}  // namespace puente::agency
