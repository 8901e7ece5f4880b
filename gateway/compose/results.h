// What the sections of a view have come to.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "puente/gateway/v1/section.pb.h"

namespace puente::compose {

// One section of an answer.
struct Result {
  std::string name;
  bool asked = false;  // false if the section was not wanted
  gateway::v1::Provenance provenance;
  std::shared_ptr<const google::protobuf::Message> answer;  // null without one
  absl::Status status;                                      // why there is none
};

// The sections of a view, in the plan's order.
class Results {
 public:
  explicit Results(std::vector<Result> sections) : sections_(std::move(sections)) {}

  // The section of that name, which the plan must have.
  const Result& operator[](absl::string_view name) const;
  const std::vector<Result>& sections() const { return sections_; }
  Result& at(size_t i) { return sections_[i]; }
  const Result& at(size_t i) const { return sections_[i]; }

  // Its answer; null without one.
  template <class Answer>
  const Answer* AnswerOf(absl::string_view name) const {
    return google::protobuf::DynamicCastToGenerated<Answer>((*this)[name].answer.get());
  }

  // Writes provenance and answer: results.Write("demand", section,
  // &DemandSection::mutable_summary).
  template <class Section, class Answer>
  void Write(absl::string_view name, Section* section, Answer* (Section::*answer)()) const {
    *section->mutable_provenance() = (*this)[name].provenance;
    if (const auto* got = AnswerOf<Answer>(name)) *(section->*answer)() = *got;
  }

 private:
  std::vector<Result> sections_;
};

// What a section's request is made from.
class Inputs {
 public:
  Inputs(const google::protobuf::Message& request, absl::Time now, const Results& results)
      : request_(request), now_(now), results_(results) {}

  // The view's request, which must be of that type.
  template <class Request>
  const Request& request() const {
    return *google::protobuf::DynamicCastToGenerated<Request>(&request_);
  }
  // When the view was called.
  absl::Time now() const { return now_; }
  // The answer of a section that this one needs; null if that was not asked.
  template <class Answer>
  const Answer* answer(absl::string_view section) const {
    return results_.AnswerOf<Answer>(section);
  }

 private:
  const google::protobuf::Message& request_;
  const absl::Time now_;
  const Results& results_;
};

}  // namespace puente::compose
