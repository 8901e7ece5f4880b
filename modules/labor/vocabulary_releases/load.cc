#include "modules/labor/vocabulary_releases/load.h"

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "common/loading/chunk.h"
#include "common/loading/errors.h"
#include "common/resource/resource.h"
#include "modules/labor/errors.h"
#include "modules/labor/occupation_tools/resource.h"
#include "modules/labor/occupations/resource.h"
#include "modules/labor/occupations/rules.h"
#include "modules/labor/vocabulary_releases/content.h"
#include "modules/labor/vocabulary_releases/resource.h"
#include "modules/labor/vocabulary_releases/rules.h"
#include "modules/labor/vocabulary_releases/terms.h"
#include "puente/labor/v1/occupation.pb.h"
#include "puente/labor/v1/occupation_tool.pb.h"

namespace puente::labor {
namespace {

using google::protobuf::Message;

std::string TextOf(const Message& message, const char* field) {
  return message.GetReflection()->GetString(message,
                                            message.GetDescriptor()->FindFieldByName(field));
}

// Terms that are stored, by name.
using Found = absl::flat_hash_map<std::string, std::unique_ptr<Message>>;
absl::StatusOr<Found> Find(sql::Session& session, const resource::Spec& spec,
                           const std::string& release, const std::vector<std::string>& ids) {
  ASSIGN_OR_RETURN(store::Terms terms, store::FindTerms(session, spec, release, ids));
  Found found;
  for (std::unique_ptr<Message>& term : terms) {
    std::string name = TextOf(*term, "name");
    found[std::move(name)] = std::move(term);
  }
  return found;
}

// What the release has of a batch already.
struct Known {
  Found terms;
  Found occupations;  // of tools

  // Null if the term is new and may be stored.
  const RuleSpec* Refuses(const Message& term) const {
    const auto stored = terms.find(TextOf(term, "name"));
    if (stored != terms.end())
      return SameTerm(*stored->second, term) ? nullptr : &rule::kStoredOtherwise;
    const bool tool = term.GetDescriptor() == v1::OccupationTool::descriptor();
    return tool && !occupations.contains(TextOf(term, "occupation")) ? &rule::kUnknownOccupation
                                                                     : nullptr;
  }
  bool Has(const Message& term) const { return terms.contains(TextOf(term, "name")); }
};

const resource::Spec& SpecOf(const TermBatch& batch) {
  if (batch.records.front().message->GetDescriptor() == v1::Occupation::descriptor()) {
    return Occupations();
  }
  return OccupationTools();
}

absl::StatusOr<Known> FindKnown(sql::Session& session, const std::string& release,
                                const TermBatch& batch) {
  std::vector<std::string> ids;
  absl::flat_hash_set<std::string> occupations;
  for (const Term& term : batch.records) {
    ids.push_back(term.id);
    occupations.insert(rules::OccupationId(term.code));
  }
  Known known;
  ASSIGN_OR_RETURN(known.terms, Find(session, SpecOf(batch), release, ids));
  if (batch.records.front().message->GetDescriptor() == v1::Occupation::descriptor()) return known;
  ASSIGN_OR_RETURN(known.occupations,
                   Find(session, Occupations(), release, {occupations.begin(), occupations.end()}));
  return known;
}

// Stores those of a chunk that are not there yet. Errors name the rule and, as the line, the term's
// place in the chunk: a chunk that comes again may stand on other lines.
absl::StatusOr<v1::LoadVocabularyResponse> StoreNew(const Call& call, journal::Transaction& tx,
                                                    const std::string& name,
                                                    const TermBatch& batch) {
  ASSIGN_OR_RETURN(const v1::VocabularyRelease draft,
                   resource::Guard(tx, VocabularyReleases(), name, "header.release"));
  RETURN_IF_ERROR(CheckDraft(call, draft));
  const std::string release(absl::StripPrefix(name, "vocabularyReleases/"));
  ASSIGN_OR_RETURN(const Known known, FindKnown(tx, release, batch));
  v1::LoadVocabularyResponse done;
  std::vector<resource::Ids> ids;
  std::vector<Message*> fresh;
  for (size_t i = 0; i < batch.records.size(); ++i) {
    const Term& term = batch.records[i];
    if (const RuleSpec* rule = known.Refuses(*term.message)) {
      type::v1::RowError& error = *done.add_errors();
      error.set_line(static_cast<int64_t>(i));
      error.set_rule(std::string(rule->rule));
    } else if (known.Has(*term.message)) {
      done.set_unchanged_count(done.unchanged_count() + 1);
    } else {
      ids.push_back({release, term.id});
      fresh.push_back(term.message.get());
    }
  }
  if (!fresh.empty()) {
    RETURN_IF_ERROR(resource::internal::CreateMany(call, tx, SpecOf(batch), ids, fresh));
  }
  done.set_loaded_count(static_cast<int64_t>(fresh.size()));
  return done;
}

}  // namespace

absl::Status LoadVocabulary::Consume(const Call& call, sql::Session& session,
                                     const v1::LoadVocabularyRequest& message) {
  if (message.has_header() == loader_.has_value()) return Error(puente::error::kUploadIncomplete);
  if (message.has_header()) return Begin(call, session, message.header());
  RETURN_IF_ERROR(loader_->Feed(message.content()));
  return StoreBatches(call, session);
}

absl::StatusOr<v1::LoadVocabularyResponse> LoadVocabulary::Finish(const Call& call,
                                                                  sql::Session& session) {
  if (!loader_) return Error(puente::error::kUploadIncomplete);
  RETURN_IF_ERROR(loader_->Finish());
  RETURN_IF_ERROR(StoreBatches(call, session));
  v1::LoadVocabularyResponse response = loader_->Summary();
  response.set_loaded_count(loaded_);
  response.set_unchanged_count(unchanged_);
  response.set_freshness_token(freshness_);
  return response;
}

absl::Status LoadVocabulary::Begin(const Call& call, sql::Session& session,
                                   const v1::LoadVocabularyHeader& header) {
  release_ = header.release();
  request_id_ = absl::AsciiStrToLower(header.request_id());
  v1::VocabularyRelease release;
  RETURN_IF_ERROR(resource::internal::GetNamed(session, VocabularyReleases(), release_,
                                               "header.release", release));
  RETURN_IF_ERROR(CheckDraft(call, release));  // each chunk decides anew
  loader_.emplace(VocabularyOptions{.layout = header.layout(),
                                    .release = std::move(release),
                                    .size_bytes = header.size_bytes(),
                                    .locale = call.locale});
  return absl::OkStatus();
}

absl::Status LoadVocabulary::StoreBatches(const Call& call, sql::Session& session) {
  while (std::optional<TermBatch> batch = loader_->NextBatch()) {
    const std::string digest = loading::DigestOf(
        batch->records, [](const Term& term) -> const Message& { return *term.message; });
    ASSIGN_OR_RETURN(
        const auto done,
        loading::StoreChunk<v1::LoadVocabularyResponse>(
            host_, call, session, {request_id_, batch->number, digest}, freshness_,
            [&](journal::Transaction& tx) { return StoreNew(call, tx, release_, *batch); }));
    loaded_ += done.loaded_count();
    unchanged_ += done.unchanged_count();
    for (const type::v1::RowError& error : done.errors()) {
      const Term& term = batch->records[static_cast<size_t>(error.line())];
      loader_->Reject(term, error.rule() == rule::kStoredOtherwise.rule
                                ? Against(rule::kStoredOtherwise)
                                : Against(rule::kUnknownOccupation));
    }
  }
  return absl::OkStatus();
}

}  // namespace puente::labor
