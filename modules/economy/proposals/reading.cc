#include "modules/economy/proposals/reading.h"

#include <algorithm>
#include <set>

#include "common/resource/provenance.h"
#include "modules/economy/consents/store.h"
#include "modules/economy/demand_statements/rules.h"
#include "modules/economy/proposals/resource.h"
#include "modules/economy/proposals/rules.h"

namespace puente::economy {
namespace {

using Companies = std::set<std::string>;

// Of all these companies the calling company itself, or those whose consent lets a calling chamber
// do this.
absl::StatusOr<Companies> Represented(const Call& call, sql::Session& session, Companies companies,
                                      v1::ConsentAct act) {
  const std::string own = AsCompany(call.caller.path);
  if (!own.empty()) return companies.contains(own) ? Companies{own} : Companies();
  return MayActFor(call, session, companies, act);
}

// What a caller may know besides what everybody may.
class Reader {
 public:
  static absl::StatusOr<Reader> Of(const Call& call, sql::Session& session,
                                   const Companies& authors, const Companies& stating) {
    Reader reader(call);
    ASSIGN_OR_RETURN(reader.authors_, Represented(call, session, authors, v1::CONSENT_ACT_PROPOSE));
    ASSIGN_OR_RETURN(reader.stating_,
                     Represented(call, session, stating, v1::CONSENT_ACT_READ_DEMAND));
    return reader;
  }

  bool IsAuthor(const std::string& author) const {
    return author == path_ || authors_.contains(AsCompany(author));
  }
  bool MayRead(const std::string& statement) const {
    return stating_.contains(CompanyOf(statement));
  }

 private:
  explicit Reader(const Call& call) : path_(call.caller.path) {}

  std::string path_;
  Companies authors_, stating_;
};

void Show(const Reader& reader, bool show_author, v1::Proposal& proposal) {
  if (!show_author) {
    proposal.clear_author();
    proposal.clear_source();
  }
  auto& statements = *proposal.mutable_statements();
  statements.erase(std::remove_if(statements.begin(), statements.end(),
                                  [&](const auto& name) { return !reader.MayRead(name); }),
                   statements.end());
}

}  // namespace

absl::Status LeaveOut(const Call& call, sql::Session& session, const v1::Proposal* now,
                      absl::Span<google::protobuf::Message* const> proposals) {
  if (resource::IsOfItsAgency(call, Proposals())) return absl::OkStatus();
  Companies authors, stating;
  for (const google::protobuf::Message* message : proposals) {
    const auto& proposal = static_cast<const v1::Proposal&>(*message);
    authors.insert(AsCompany(proposal.author()));
    for (const std::string& name : proposal.statements()) stating.insert(CompanyOf(name));
  }
  ASSIGN_OR_RETURN(const Reader reader, Reader::Of(call, session, authors, stating));
  for (google::protobuf::Message* message : proposals) {
    auto& proposal = static_cast<v1::Proposal&>(*message);
    const v1::Proposal& stands = now == nullptr ? proposal : *now;
    if (!reader.IsAuthor(stands.author())) Show(reader, stands.show_author(), proposal);
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> MayAsk(const Call& call, sql::Session& session, absl::string_view field,
                            const std::string& value) {
  if (resource::IsOfItsAgency(call, Proposals())) return true;
  if (field == "author") {
    ASSIGN_OR_RETURN(const Reader reader, Reader::Of(call, session, {AsCompany(value)}, {}));
    return reader.IsAuthor(value);
  }
  if (field == "statement") {
    ASSIGN_OR_RETURN(const Reader reader, Reader::Of(call, session, {}, {CompanyOf(value)}));
    return reader.MayRead(value);
  }
  return true;
}

}  // namespace puente::economy
