#include "modules/labor/vacancies/load.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/crypto/digest.h"
#include "common/journal/sequencer.h"
#include "common/resource/resource.h"
#include "modules/labor/errors.h"
#include "modules/labor/statistics/cuts.h"
#include "modules/labor/vacancies/store.h"

namespace puente::labor {
namespace {

std::string IdOf(const v1::Vacancy& vacancy) {
  return std::string(absl::StripPrefix(vacancy.name(), "vacancies/"));
}

// What makes two chunks the same: the vacancies in it, whose ids digest their rows.
std::string Fingerprint(const loader::Batch& batch) {
  return crypto::Sha256(absl::StrJoin(
      batch.vacancies, "\n",
      [](std::string* out, const v1::Vacancy& vacancy) { out->append(vacancy.name()); }));
}

// Stores those of a chunk that are not there yet.
absl::StatusOr<v1::LoadVacanciesResponse> StoreNew(const Call& call, journal::Transaction& tx,
                                                   loader::Batch& batch) {
  std::vector<std::string> ids;
  for (const v1::Vacancy& vacancy : batch.vacancies) ids.push_back(IdOf(vacancy));
  ASSIGN_OR_RETURN(const auto found, resource::Existing(tx, store::VacancySpec(), ids));
  const absl::flat_hash_set<std::string> existing(found.begin(), found.end());
  std::vector<resource::Ids> fresh_ids;
  std::vector<v1::Vacancy*> fresh;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (existing.contains(ids[i])) continue;
    fresh_ids.push_back({ids[i]});
    fresh.push_back(&batch.vacancies[i]);
    statistics::CountRecorded(*fresh.back(), tx.deltas());
    statistics::CountOpen(*fresh.back(), 1, tx.deltas());
  }
  if (!fresh.empty()) {
    RETURN_IF_ERROR(resource::CreateMany(call, tx, store::VacancySpec(), fresh_ids, fresh));
  }
  v1::LoadVacanciesResponse done;
  done.set_loaded_count(static_cast<int64_t>(fresh.size()));
  done.set_unchanged_count(static_cast<int64_t>(existing.size()));
  return done;
}

}  // namespace

absl::Status VacancyUpload::Consume(const Call& call, sql::Session& session,
                                    const v1::LoadVacanciesRequest& message) {
  if (message.has_header() == loader_.has_value()) return Error(error::kUploadIncomplete);
  if (message.has_header()) return Begin(call, message.header());
  RETURN_IF_ERROR(loader_->Feed(message.content()));
  return StoreBatches(call, session);
}

absl::StatusOr<v1::LoadVacanciesResponse> VacancyUpload::Finish(const Call& call,
                                                                sql::Session& session) {
  if (!loader_) return Error(error::kUploadIncomplete);
  RETURN_IF_ERROR(loader_->Finish());
  RETURN_IF_ERROR(StoreBatches(call, session));
  v1::LoadVacanciesResponse response = loader_->Summary();
  response.set_loaded_count(loaded_);
  response.set_unchanged_count(unchanged_);
  response.set_freshness_token(freshness_);
  return response;
}

absl::Status VacancyUpload::Begin(const Call& call, const v1::LoadVacanciesHeader& header) {
  const auto profile = rules_.profiles.find(header.profile());
  if (profile == rules_.profiles.end()) {
    return Error(
        error::kProfileNotFound,
        {{"profile", header.profile()},
         {"known", absl::StrJoin(rules_.profiles, ", ", [](std::string* out, const auto& known) {
            out->append(known.first);
          })}});
  }
  request_id_ = absl::AsciiStrToLower(header.request_id());
  loader_.emplace(loader::LoadOptions{.profile = &profile->second,
                                      .standards = &rules_.standards,
                                      .source = header.source(),
                                      .record_kind = header.record_kind(),
                                      .supplier = call.caller.path,
                                      .size_bytes = header.size_bytes(),
                                      .locale = call.locale});
  return absl::OkStatus();
}

absl::Status VacancyUpload::StoreBatches(const Call& call, sql::Session& session) {
  while (std::optional<loader::Batch> batch = loader_->NextBatch()) {
    RETURN_IF_ERROR(Store(call, session, *batch));
  }
  return absl::OkStatus();
}

absl::Status VacancyUpload::Store(const Call& call, sql::Session& session, loader::Batch& batch) {
  const std::string upload = absl::StrCat(request_id_, "/", batch.number);
  const journal::WritePath path(host_.options().agency,
                                journal::WritePath::Key(call, request_id_.empty() ? "" : upload),
                                Fingerprint(batch));
  ASSIGN_OR_RETURN(
      const journal::Written<std::string> written,
      path.Run(session, call, [&](journal::Transaction& tx) -> absl::StatusOr<std::string> {
        tx.AsChunk(upload);
        ASSIGN_OR_RETURN(const v1::LoadVacanciesResponse done, StoreNew(call, tx, batch));
        return done.SerializeAsString();
      }));
  v1::LoadVacanciesResponse done;
  done.ParseFromString(written.answer);
  loaded_ += done.loaded_count();
  unchanged_ += done.unchanged_count();
  if (!written.freshness.empty()) freshness_ = written.freshness;
  if (host_.sequencer() != nullptr) host_.sequencer()->Poke();
  return absl::OkStatus();
}

}  // namespace puente::labor
