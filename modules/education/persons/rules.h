// What a record says of a person: of persons and learners alike. No text of these repeats a value.
#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/status/violation.h"
#include "puente/education/v1/person.pb.h"

namespace puente::education {

// "curp", as identifiers are hashed by.
absl::string_view SchemeId(v1::PersonIdentifierScheme scheme);

// In the one form in which an identifier is kept and looked for; one that is none stays as it is.
std::string Normalized(v1::PersonIdentifierScheme scheme, const std::string& identifier);
// What is wrong with an identifier that stands at a path, if anything.
std::vector<Violation> CheckIdentifier(v1::PersonIdentifierScheme scheme,
                                       const std::string& identifier, const std::string& path);

// Of a request that states one.
template <class Request>
std::vector<Violation> CheckIdentifierOf(const google::protobuf::Message& message) {
  const auto& request = static_cast<const Request&>(message);
  return CheckIdentifier(request.identifier_scheme(), request.identifier(), "identifier");
}

// Of a Person or a Learner.
//
// What is wrong, but for days to come.
template <class Record>
std::vector<Violation> CheckWho(const Record& record, const std::string& under);
// NOT_BORN.
template <class Record>
std::vector<Violation> CheckBorn(const Record& record, absl::CivilDay today,
                                 const std::string& under);
// Fills in what follows from the rest, of one with which nothing is wrong.
template <class Record>
void Complete(Record& record);

// "2000-2004": the five years in which somebody was born.
std::string BirthYears(absl::CivilDay birth);

}  // namespace puente::education
