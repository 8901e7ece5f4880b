#include "modules/labor/vacancies/load.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/crypto/digest.h"
#include "common/loading/chunk.h"
#include "common/loading/errors.h"
#include "common/resource/resource.h"
#include "modules/labor/vacancies/resource.h"

namespace puente::labor {
namespace {

std::string IdOf(const v1::Vacancy& vacancy) {
  return std::string(absl::StripPrefix(vacancy.name(), "vacancies/"));
}

// Those of `ids` that are stored already.
absl::StatusOr<absl::flat_hash_set<std::string>> Existing(sql::Session& session,
                                                          const std::vector<std::string>& ids) {
  ASSIGN_OR_RETURN(const auto found, resource::Existing(session, Vacancies(), ids));
  return absl::flat_hash_set<std::string>(found.begin(), found.end());
}

v1::LoadVacanciesResponse Counts(size_t loaded, size_t unchanged) {
  v1::LoadVacanciesResponse counts;
  counts.set_loaded_count(static_cast<int64_t>(loaded));
  counts.set_unchanged_count(static_cast<int64_t>(unchanged));
  return counts;
}

std::vector<std::string> IdsOf(const VacancyBatch& batch) {
  std::vector<std::string> ids;
  for (const v1::Vacancy& vacancy : batch.records) ids.push_back(IdOf(vacancy));
  return ids;
}

// What storing a chunk would do.
absl::StatusOr<v1::LoadVacanciesResponse> CountNew(sql::Session& session,
                                                   const VacancyBatch& batch) {
  ASSIGN_OR_RETURN(const auto existing, Existing(session, IdsOf(batch)));
  return Counts(batch.records.size() - existing.size(), existing.size());
}

// Stores those of a chunk that are not there yet.
absl::StatusOr<v1::LoadVacanciesResponse> StoreNew(const Call& call, journal::Transaction& tx,
                                                   VacancyBatch& batch) {
  const std::vector<std::string> ids = IdsOf(batch);
  ASSIGN_OR_RETURN(const auto existing, Existing(tx, ids));
  std::vector<resource::Ids> fresh_ids;
  std::vector<v1::Vacancy*> fresh;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (existing.contains(ids[i])) continue;
    fresh_ids.push_back({ids[i]});
    fresh.push_back(&batch.records[i]);
  }
  if (!fresh.empty()) {
    RETURN_IF_ERROR(resource::CreateMany(call, tx, Vacancies(), fresh_ids, fresh));
  }
  return Counts(fresh.size(), existing.size());
}

}  // namespace

absl::Status VacancyUpload::Consume(const Call& call, sql::Session& session,
                                    const v1::LoadVacanciesRequest& message) {
  if (message.has_header() == loader_.has_value()) return Error(puente::error::kUploadIncomplete);
  if (message.has_header()) return Begin(call, message.header());
  RETURN_IF_ERROR(loader_->Feed(message.content()));
  return TakeBatches(call, session);
}

absl::StatusOr<v1::LoadVacanciesResponse> VacancyUpload::Finish(const Call& call,
                                                                sql::Session& session) {
  if (!loader_) return Error(puente::error::kUploadIncomplete);
  RETURN_IF_ERROR(loader_->Finish());
  v1::LoadVacanciesResponse response = loader_->Summary<v1::LoadVacanciesResponse>();
  const bool good = response.rejected_count() == 0 && !response.truncated();
  if (!expected_.empty() && !good) return FileChanged();
  RETURN_IF_ERROR(Expect(0, response.content_digest()));
  RETURN_IF_ERROR(TakeBatches(call, session));
  response.set_loaded_count(loaded_);
  response.set_unchanged_count(unchanged_);
  response.set_freshness_token(freshness_);
  if (validate_only_ && good) response.set_check(response.content_digest() + digests_);
  return response;
}

absl::Status VacancyUpload::Begin(const Call& call, const v1::LoadVacanciesHeader& header) {
  const auto profile = rules_.profiles.find(header.profile());
  if (profile == rules_.profiles.end()) {
    return Error(
        puente::error::kProfileNotFound,
        {{"profile", header.profile()},
         {"known", absl::StrJoin(rules_.profiles, ", ", [](std::string* out, const auto& known) {
            out->append(known.first);
          })}});
  }
  request_id_ = absl::AsciiStrToLower(header.request_id());
  validate_only_ = header.validate_only();
  expected_ = header.check();
  loader_.emplace(Loading({.profile = &profile->second,
                           .standards = &rules_.standards,
                           .source = header.source(),
                           .record_kind = header.record_kind(),
                           .supplier = call.caller.path,
                           .size_bytes = header.size_bytes(),
                           .locale = call.locale}));
  return absl::OkStatus();
}

absl::Status VacancyUpload::TakeBatches(const Call& call, sql::Session& session) {
  while (std::optional<VacancyBatch> batch = loader_->NextBatch()) {
    RETURN_IF_ERROR(Take(call, session, *batch));
  }
  return absl::OkStatus();
}

absl::Status VacancyUpload::Take(const Call& call, sql::Session& session, VacancyBatch& batch) {
  const std::string digest = loading::DigestOf(
      batch.records, [](const v1::Vacancy& vacancy) -> const auto& { return vacancy; });
  RETURN_IF_ERROR(Expect(batch.number, digest));
  if (validate_only_) digests_ += digest;
  ASSIGN_OR_RETURN(const v1::LoadVacanciesResponse done,
                   validate_only_ ? CountNew(session, batch) : Store(call, session, batch, digest));
  loaded_ += done.loaded_count();
  unchanged_ += done.unchanged_count();
  return absl::OkStatus();
}

absl::StatusOr<v1::LoadVacanciesResponse> VacancyUpload::Store(const Call& call,
                                                               sql::Session& session,
                                                               VacancyBatch& batch,
                                                               const std::string& digest) {
  return loading::StoreChunk<v1::LoadVacanciesResponse>(
      host_, call, session, {request_id_, batch.number, digest}, freshness_,
      [&](journal::Transaction& tx) { return StoreNew(call, tx, batch); });
}

absl::Status VacancyUpload::Expect(int64_t n, absl::string_view digest) const {
  if (expected_.empty()) return absl::OkStatus();
  const size_t at = static_cast<size_t>(n) * crypto::kDigestBytes;
  return absl::ClippedSubstr(expected_, at, crypto::kDigestBytes) == digest ? absl::OkStatus()
                                                                            : FileChanged();
}

absl::Status VacancyUpload::FileChanged() const {
  return Error(puente::error::kFileChanged, {{"loaded", absl::StrCat(loaded_)}});
}

}  // namespace puente::labor
