// What the contract says of a resource: its google.api.resource and noun_es, and the methods of the
// service that serves it. Nothing of this is said again in code.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/names/pattern.h"
#include "google/protobuf/descriptor.h"

namespace puente::resource {

// Whose a resource is: the field that names the owner ("companies/acme"), the collection in it
// ("companies"; "supplier" where the field holds a caller's path), and the kind of caller who is
// that ("company").
struct Owner {
  std::string field;
  std::string collection;
  std::string kind;
};

class Contract {
 public:
  // `numbered`: the last id of a name counts 1, 2, … within its parent. Ends the process if the
  // message is no resource, or its file has no service with Get and the message's name.
  Contract(const google::protobuf::Descriptor& message, bool numbered);

  // The service that serves the resource.
  const google::protobuf::ServiceDescriptor& service() const { return *service_; }
  // Of it, "GetVacancy", "ListVacancies", "BatchGetVacancies", …; null if there is none.
  const google::protobuf::MethodDescriptor* Standard(absl::string_view verb) const;
  // As google.api.resource says: "demandStatement", "demandStatements".
  const std::string& singular() const { return singular_; }
  const std::string& plural() const { return plural_; }
  // The nouns within a sentence: "la declaración de demanda", "demand statement".
  const std::string& noun_es() const { return noun_es_; }
  const std::string& noun_en() const { return noun_en_; }
  // "DEMAND_STATEMENT", with which the reasons of its errors begin.
  const std::string& reason() const { return reason_; }
  // "economy.puente/DemandStatement", and the domain of its errors, "economy.puente".
  const std::string& type() const { return type_; }
  const std::string& domain() const { return domain_; }
  const NamePattern& pattern() const { return pattern_; }
  // The columns of a name's ids: those above as the pattern calls them, then "id" or, of a number,
  // "number".
  const std::vector<std::string>& id_columns() const { return id_columns_; }
  // Of methods that owners may call (puente.api.v1.Access.owners), for each kind of them: the
  // kind's own resource by its name, a resource below that one, each field that is marked as an
  // owner's (puente.api.v1.owner), or the one that is called as the kind is. In the order in which
  // the methods name them.
  const std::vector<Owner>& owners() const { return owners_; }
  // The first of them, whose the resource is; null for what has none. Others are named in it.
  const Owner* owner() const { return owners_.empty() ? nullptr : &owners_.front(); }
  // Whether methods have agents (puente.api.v1.Access.agents).
  bool has_agents() const { return has_agents_; }
  // Whether states before the last one are kept: there is an update, a deletion or List…Revisions.
  bool revisions() const { return revisions_; }
  bool deletable() const { return deletable_; }

 private:
  std::vector<Owner> FindOwners(const google::protobuf::Descriptor& message,
                                const std::string& kind) const;

  const google::protobuf::ServiceDescriptor* service_;
  std::string singular_, plural_, noun_es_, noun_en_, reason_, type_, domain_;
  NamePattern pattern_;
  std::vector<std::string> id_columns_;
  std::vector<Owner> owners_;
  bool has_agents_ = false;
  bool revisions_ = false;
  bool deletable_ = false;
};

// "LearningOutcome" and "learningOutcome" as "learning_outcome".
std::string Snake(absl::string_view name);
// "learningOutcome" as "LearningOutcome".
std::string Capitalized(std::string name);

}  // namespace puente::resource
