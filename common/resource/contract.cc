#include "common/resource/contract.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/telemetry/mistake.h"
#include "google/api/resource.pb.h"
#include "puente/api/v1/options.pb.h"

namespace puente::resource {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::ServiceDescriptor;

const ServiceDescriptor* ServiceOf(const Descriptor& message) {
  const std::string get = absl::StrCat("Get", message.name());
  for (int i = 0; i < message.file()->service_count(); ++i) {
    const ServiceDescriptor* service = message.file()->service(i);
    if (service->FindMethodByName(get) != nullptr) return service;
  }
  telemetry::Mistake("no service of its file reads it", message.full_name());
}

NamePattern PatternOf(const Descriptor& message, bool numbered) {
  const auto& option = message.options().GetExtension(google::api::resource);
  if (option.pattern_size() != 1) telemetry::Mistake("no resource", message.full_name());
  std::string pattern = option.pattern(0);
  if (numbered) pattern.insert(pattern.size() - 1, "#");
  return NamePattern(pattern);
}

// "organizations/{organization}/campuses/{campus}": organization, campus.
std::vector<std::string> Variables(const NamePattern& pattern) {
  std::vector<std::string> variables;
  for (absl::string_view segment : absl::StrSplit(pattern.text(), '/')) {
    if (!absl::ConsumePrefix(&segment, "{")) continue;
    variables.emplace_back(absl::StripSuffix(absl::StripSuffix(segment, "}"), "#"));
  }
  return variables;
}

// The kinds of callers who may do something to their own records, in the methods' order.
std::vector<std::string> OwnerKinds(const ServiceDescriptor& service) {
  std::vector<std::string> kinds;
  for (int i = 0; i < service.method_count(); ++i) {
    for (const std::string& owner :
         service.method(i)->options().GetExtension(api::v1::access).owners()) {
      std::string kind(absl::StripSuffix(owner, "/*"));
      if (!absl::c_linear_search(kinds, kind)) kinds.push_back(std::move(kind));
    }
  }
  return kinds;
}

// The fields that hold the path of an owner of whatever kind.
std::vector<std::string> OwnerFields(const Descriptor& message) {
  std::vector<std::string> fields;
  for (int i = 0; i < message.field_count(); ++i) {
    if (message.field(i)->options().GetExtension(api::v1::owner)) {
      fields.emplace_back(message.field(i)->name());
    }
  }
  return fields;
}

bool HasAgents(const ServiceDescriptor& service) {
  for (int i = 0; i < service.method_count(); ++i) {
    const auto& access = service.method(i)->options().GetExtension(api::v1::access);
    if (access.agents_size() > 0) return true;
  }
  return false;
}

}  // namespace

std::string Snake(absl::string_view name) {
  std::string snake;
  for (const char c : name) {
    if (absl::ascii_isupper(c) && !snake.empty()) snake += '_';
    snake += absl::ascii_tolower(c);
  }
  return snake;
}

std::string Capitalized(std::string name) {
  if (!name.empty()) name[0] = absl::ascii_toupper(name[0]);
  return name;
}

Contract::Contract(const Descriptor& message, bool numbered)
    : service_(ServiceOf(message)), pattern_(PatternOf(message, numbered)) {
  const auto& option = message.options().GetExtension(google::api::resource);
  singular_ = option.singular();
  plural_ = option.plural();
  type_ = option.type();
  domain_ = std::string(absl::StripSuffix(type_, absl::StrCat("/", message.name())));
  noun_es_ = message.options().GetExtension(api::v1::noun_es);
  if (singular_.empty() || plural_.empty() || domain_ == type_ || noun_es_.empty()) {
    telemetry::Mistake("its google.api.resource or noun_es is not complete", message.full_name());
  }
  const std::string words = Snake(singular_);
  noun_en_ = absl::StrReplaceAll(words, {{"_", " "}});
  reason_ = absl::AsciiStrToUpper(words);
  id_columns_ = Variables(pattern_);
  id_columns_.back() = numbered ? "number" : "id";
  for (const std::string& kind : OwnerKinds(*service_)) {
    for (Owner& owner : FindOwners(message, kind)) owners_.push_back(std::move(owner));
  }
  has_agents_ = HasAgents(*service_);
  deletable_ = Standard("Delete") != nullptr;
  revisions_ = deletable_ || Standard("Update") != nullptr || Standard("ListRevisions") != nullptr;
}

const google::protobuf::MethodDescriptor* Contract::Standard(absl::string_view verb) const {
  const bool many = verb == "List" || verb == "BatchGet";
  const bool revisions = verb == "ListRevisions";
  return service_->FindMethodByName(absl::StrCat(revisions ? "List" : verb,
                                                 Capitalized(many ? plural_ : singular_),
                                                 revisions ? "Revisions" : ""));
}

std::vector<Owner> Contract::FindOwners(const Descriptor& message, const std::string& kind) const {
  const std::vector<std::string> variables = Variables(pattern_);
  if (variables.front() == kind) {
    return {Owner{"name", pattern_.text().substr(0, pattern_.text().find('/')), kind}};
  }
  std::vector<Owner> owners;
  for (const std::string& field : OwnerFields(message)) owners.push_back({field, kind, kind});
  if (!owners.empty()) return owners;
  const auto* field = message.FindFieldByName(kind);
  if (field == nullptr) telemetry::Mistake("no field names its owner", message.full_name());
  const google::protobuf::FieldOptions& options = field->options();
  if (options.GetExtension(google::api::resource_reference).type().empty()) {
    return {Owner{kind, kind, kind}};  // a caller's path
  }
  // Whoever keeps the owner's own record: its names begin with its collection.
  const std::string& form = options.GetExtension(api::v1::rules).pattern();
  const size_t collection = form.find('/');
  if (collection == form.npos) {
    telemetry::Mistake("no pattern says how its owner is named", field->full_name());
  }
  return {Owner{kind, form.substr(0, collection), kind}};
}

}  // namespace puente::resource
