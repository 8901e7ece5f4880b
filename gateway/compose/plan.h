// A view as data: which sections it has, whom each asks, and what each needs to be asked.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/compose/agency.h"
#include "gateway/compose/results.h"
#include "gateway/compose/rpc.h"

namespace puente::compose {

// Percent of what remains of the budget that a section may take if others need it; the rest is
// left for those. Sections that nobody needs may take all.
inline constexpr int kShareOfNeeded = 50;

// One section of a plan.
class Section {
 public:
  using Asker =
      std::function<absl::StatusOr<std::unique_ptr<google::protobuf::Message>>(const Inputs&)>;

  // `ask` makes the request, or says why there is nothing to ask: the section is then NOT_ASKED for
  // that reason. It must be pure.
  template <class Request, class Answer>
  Section(std::string name, Agency agency, TypedRpc<Request, Answer> rpc,
          absl::StatusOr<Request> (*ask)(const Inputs&))
      : name_(std::move(name)),
        agency_(agency),
        rpc_(std::move(rpc)),
        ask_([ask](const Inputs& inputs)
                 -> absl::StatusOr<std::unique_ptr<google::protobuf::Message>> {
          absl::StatusOr<Request> request = ask(inputs);
          if (!request.ok()) return request.status();
          return std::make_unique<Request>(*std::move(request));
        }) {}

  // Asked only once these have answered, or turned out not to be wanted; MISSING
  // or NOT_ASKED if one is.
  Section After(std::vector<std::string> sections) &&;
  // Wanted only then.
  Section When(bool (*wanted)(const Inputs&)) &&;
  // What the caller itself named is at fault: these errors of the agency end the whole view and
  // are passed on as its own.
  Section EndsViewOn(std::vector<absl::StatusCode> codes) &&;
  // Percent of what remains of the budget, in place of the default.
  Section Share(int percent) &&;

  const std::string& name() const { return name_; }
  Agency agency() const { return agency_; }
  const AnyRpc& rpc() const { return rpc_; }
  const std::vector<std::string>& after() const { return after_; }
  int share() const { return share_; }
  bool conditional() const { return wanted_ != nullptr; }
  bool Wanted(const Inputs& inputs) const { return wanted_ == nullptr || wanted_(inputs); }
  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> Ask(const Inputs& inputs) const {
    return ask_(inputs);
  }
  bool EndsView(absl::StatusCode code) const;

 private:
  friend class Plan;
  std::string name_;
  Agency agency_;
  AnyRpc rpc_;
  Asker ask_;
  std::vector<std::string> after_;
  bool (*wanted_)(const Inputs&) = nullptr;
  std::vector<absl::StatusCode> ends_view_on_;
  int share_ = 0;  // 0 until the plan knows
};

// A checked plan. Immutable.
class Plan {
 public:
  // INVALID_ARGUMENT, naming the section, if two have one name, if one needs a section that is not
  // declared before it (which also rules out circles), or if a share is not 1 to 100.
  static absl::StatusOr<Plan> Make(std::string name, std::vector<Section> sections);

  const std::string& name() const { return name_; }
  const std::vector<Section>& sections() const { return sections_; }
  // Indexes of the sections that section `i` needs; all are below `i`.
  const std::vector<size_t>& needs(size_t i) const { return needs_[i]; }

  // A line a section, for people.
  std::string ToString() const;

 private:
  Plan() = default;
  std::string name_;
  std::vector<Section> sections_;
  std::vector<std::vector<size_t>> needs_;
};

}  // namespace puente::compose
