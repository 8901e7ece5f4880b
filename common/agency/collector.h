// Follows an agency's journal and keeps which of its resources refer to which of other agencies
// (foreign_names.h). It reads what is stored, so that no write waits for it and whatever was
// written before is found as well.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/agency/foreign_names.h"
#include "common/due/task.h"
#include "common/resource/reference_fields.h"
#include "common/resource/spec.h"

namespace puente::agency {

class Collector {
 public:
  // `self` is whose the resources without an owner are: "agency/economy". Of the specs, those whose
  // resources refer to other agencies are followed.
  Collector(std::string self, const std::vector<const resource::Spec*>& specs);

  // Whether there may be something to do with a journal that has got so far.
  bool Wanted(int64_t head) const { return !followed_.empty() && head > position_; }
  // A slice of the task; done when the whole journal is read.
  absl::StatusOr<due::Next> Collect(const due::Slice& slice);

 private:
  struct Followed {
    const resource::Spec* spec;
    std::vector<resource::ReferenceField> fields;  // to other agencies
  };
  // What changed resources refer to now.
  struct Collected {
    std::vector<std::string> resources;
    std::vector<ForeignReference> references;
  };
  absl::Status Look(sql::Session& session, const Followed& followed,
                    const std::vector<std::string>& names, Collected& collected) const;
  void AppendReferences(const Followed& followed, const std::string& name,
                        const resource::Message& resource,
                        std::vector<ForeignReference>& references) const;
  std::string ReaderOf(const resource::Spec& spec, const resource::Message& resource) const;

  const std::string self_;
  std::vector<Followed> followed_;
  std::atomic<int64_t> position_ = -1;  // after which nothing was found
};

}  // namespace puente::agency
