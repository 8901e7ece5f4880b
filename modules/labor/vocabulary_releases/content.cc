#include "modules/labor/vocabulary_releases/content.h"

#include <initializer_list>
#include <memory>

#include "common/crypto/digest.h"
#include "google/protobuf/util/message_differencer.h"
#include "modules/labor/occupation_tools/resource.h"
#include "modules/labor/occupations/resource.h"
#include "modules/labor/released_skills/resource.h"
#include "modules/labor/vocabulary_releases/resource.h"
#include "modules/labor/vocabulary_releases/terms.h"

namespace puente::labor {
namespace {

using google::protobuf::Message;

constexpr int kPage = 1000;

std::unique_ptr<Message> Without(const Message& term, std::initializer_list<const char*> fields) {
  std::unique_ptr<Message> rest(term.New());
  rest->CopyFrom(term);
  for (const char* name : fields) {
    const auto* field = term.GetDescriptor()->FindFieldByName(name);
    if (field != nullptr) rest->GetReflection()->ClearField(rest.get(), field);
  }
  return rest;
}

// What is stored of a term besides when.
std::unique_ptr<Message> Stated(const Message& term) {
  return Without(term, {"create_time", "update_time", "etag"});
}

// What a term says whichever release it is in.
std::unique_ptr<Message> Meaning(const Message& term) {
  return Without(
      term, {"name", "occupation", "source", "skill_etag", "create_time", "update_time", "etag"});
}

bool Equal(const std::unique_ptr<Message>& a, const std::unique_ptr<Message>& b) {
  return google::protobuf::util::MessageDifferencer::Equals(*a, *b);
}

std::string IdOf(const Message& term) {
  const auto* field = term.GetDescriptor()->FindFieldByName("name");
  const std::string name = term.GetReflection()->GetString(term, field);
  return name.substr(name.rfind('/') + 1);
}

// Adds the digests of all terms of a kind. How many there are.
absl::StatusOr<int64_t> AddTerms(sql::Session& session, const resource::Spec& spec,
                                 const std::string& release, crypto::Sha256Stream& digest) {
  int64_t count = 0;
  for (std::string after;;) {
    ASSIGN_OR_RETURN(const store::Terms terms,
                     store::ReadTerms(session, spec, release, after, kPage));
    for (const auto& term : terms) digest.Add(crypto::Sha256(crypto::Canonical(*Stated(*term))));
    count += static_cast<int64_t>(terms.size());
    if (terms.size() < kPage) return count;
    after = IdOf(*terms.back());
  }
}

// A page of one side of a comparison, in the order of ids.
class Side {
 public:
  explicit Side(const store::Terms& terms) : terms_(terms) {}
  // Null at the end of the page.
  const Message* Next() const { return at_ < terms_.size() ? terms_[at_].get() : nullptr; }
  void Advance() { ++at_; }
  // Whether more may follow this page.
  bool Ended() const { return Next() == nullptr && terms_.size() == kPage; }

 private:
  const store::Terms& terms_;
  size_t at_ = 0;
};

}  // namespace

bool SameTerm(const Message& a, const Message& b) { return Equal(Stated(a), Stated(b)); }

absl::StatusOr<rules::Content> ReadContent(sql::Session& session,
                                           const v1::VocabularyRelease& release) {
  ASSIGN_OR_RETURN(const auto ids, VocabularyReleases().pattern().Parse(release.name()));
  rules::Content content;
  crypto::Sha256Stream digest;
  ASSIGN_OR_RETURN(content.occupations, AddTerms(session, Occupations(), ids.front(), digest));
  ASSIGN_OR_RETURN(content.tools, AddTerms(session, OccupationTools(), ids.front(), digest));
  ASSIGN_OR_RETURN(content.skills, AddTerms(session, ReleasedSkills(), ids.front(), digest));
  content.digest = digest.Digest();
  return content;
}

absl::StatusOr<DiffPlace> Diff(sql::Session& session, const resource::Spec& spec,
                               absl::string_view from, absl::string_view to,
                               absl::string_view after, int most, const TakeDifference& take) {
  ASSIGN_OR_RETURN(const store::Terms earlier, store::ReadTerms(session, spec, from, after, kPage));
  ASSIGN_OR_RETURN(const store::Terms later, store::ReadTerms(session, spec, to, after, kPage));
  Side one(earlier), other(later);
  DiffPlace place{std::string(after)};
  for (int count = 0; count < most;) {
    // What is behind a full page is not known.
    if (one.Ended() || other.Ended()) return place;
    const Message *before = one.Next(), *changed = other.Next();
    if (before == nullptr && changed == nullptr) {
      place.end = true;
      return place;
    }
    const std::string left = before ? IdOf(*before) : "", right = changed ? IdOf(*changed) : "";
    if (changed == nullptr || (before != nullptr && left < right)) changed = nullptr;
    if (before == nullptr || (changed != nullptr && right < left)) before = nullptr;
    place.after = before != nullptr ? left : right;
    if (before != nullptr) one.Advance();
    if (changed != nullptr) other.Advance();
    if (before != nullptr && changed != nullptr && Equal(Meaning(*before), Meaning(*changed))) {
      continue;
    }
    take(before, changed);
    ++count;
  }
  return place;
}

}  // namespace puente::labor
