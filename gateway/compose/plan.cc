#include "gateway/compose/plan.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace puente::compose {
namespace internal {

std::string MethodName(const char* service, const google::protobuf::Descriptor* request) {
  const auto* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(service);
  for (int i = 0; descriptor != nullptr && i < descriptor->method_count(); ++i) {
    if (descriptor->method(i)->input_type() == request) {
      return absl::StrCat("/", service, "/", descriptor->method(i)->name());
    }
  }
  return "";  // Plan::Make() refuses it
}

}  // namespace internal

const Result& Results::operator[](absl::string_view name) const {
  return *std::find_if(sections_.begin(), sections_.end(),
                       [&](const Result& section) { return section.name == name; });
}

Section Section::After(std::vector<std::string> sections) && {
  after_ = std::move(sections);
  return std::move(*this);
}

Section Section::When(bool (*wanted)(const Inputs&)) && {
  wanted_ = wanted;
  return std::move(*this);
}

Section Section::EndsViewOn(std::vector<absl::StatusCode> codes) && {
  ends_view_on_ = std::move(codes);
  return std::move(*this);
}

Section Section::Share(int percent) && {
  share_ = percent == 0 ? -1 : percent;  // 0 would read as not set
  return std::move(*this);
}

bool Section::EndsView(absl::StatusCode code) const {
  return std::find(ends_view_on_.begin(), ends_view_on_.end(), code) != ends_view_on_.end();
}

absl::StatusOr<Plan> Plan::Make(std::string name, std::vector<Section> sections) {
  Plan plan;
  plan.name_ = std::move(name);
  std::vector<bool> needed(sections.size());
  for (size_t i = 0; i < sections.size(); ++i) {
    const auto refuse = [&](absl::string_view why) {
      return absl::InvalidArgumentError(
          absl::StrCat(plan.name_, ": section ", sections[i].name_, " ", why));
    };
    const auto before = [&](absl::string_view other) -> size_t {
      size_t at = 0;
      while (at < i && sections[at].name_ != other) ++at;
      return at;
    };
    if (before(sections[i].name_) < i) return refuse("is declared twice");
    if (sections[i].rpc_.name.empty()) return refuse("asks for a method that does not exist");
    if (sections[i].share_ < 0 || sections[i].share_ > 100) return refuse("has no share of 1-100");
    std::vector<size_t>& needs = plan.needs_.emplace_back();
    for (const std::string& other : sections[i].after_) {
      needs.push_back(before(other));
      if (needs.back() == i) {
        return refuse(absl::StrCat("needs ", other, ", which is not declared before it"));
      }
      needed[needs.back()] = true;
    }
  }
  for (size_t i = 0; i < sections.size(); ++i) {
    if (sections[i].share_ == 0) sections[i].share_ = needed[i] ? kShareOfNeeded : 100;
  }
  plan.sections_ = std::move(sections);
  return plan;
}

std::string Plan::ToString() const {
  std::string text = absl::StrCat(name_, "\n");
  for (const Section& section : sections_) {
    absl::StrAppendFormat(&text, "  %-12s %-10s %s, %d %% of the time left",  //
                          section.name(), Name(section.agency()), section.rpc().name,
                          section.share());
    if (section.conditional()) absl::StrAppend(&text, ", when wanted");
    if (!section.after().empty()) {
      absl::StrAppend(&text, ", after ", absl::StrJoin(section.after(), " and "));
    }
    absl::StrAppend(&text, "\n");
  }
  return text;
}

}  // namespace puente::compose
