#include "common/status/violation.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "google/rpc/error_details.pb.h"

namespace puente {
namespace {

constexpr size_t kMostBadRequestBytes = 3000;

}  // namespace

absl::Status InvalidFields(const std::vector<Violation>& violations) {
  if (violations.empty()) return absl::OkStatus();
  const Violation& first = violations.front();
  const auto with = [&](const std::string& text) {
    return Metadata{{"count", absl::StrCat(violations.size())},
                    {"first", absl::StrCat(first.field, ": ", text)},
                    {"field", first.field},
                    {"rule", std::string(first.rule)}};
  };
  google::rpc::BadRequest bad;
  for (const Violation& violation : violations) {
    auto* out = bad.add_field_violations();
    out->set_field(Cut(violation.field));
    out->set_description(Cut(violation.en));
    out->set_reason(std::string(violation.rule));
    out->mutable_localized_message()->set_locale("es-MX");
    out->mutable_localized_message()->set_message(Cut(violation.es));
    if (bad.ByteSizeLong() > kMostBadRequestBytes) {
      bad.mutable_field_violations()->RemoveLast();
      break;
    }
  }
  return internal::InvalidFields(with(first.es), with(first.en), bad);
}

}  // namespace puente
