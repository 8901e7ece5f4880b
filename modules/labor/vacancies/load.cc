#include "modules/labor/vacancies/load.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/strip.h"
#include "common/resource/provenance.h"
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

std::vector<std::string> IdsOf(const VacancyBatch& batch) {
  std::vector<std::string> ids;
  for (const v1::Vacancy& vacancy : batch.records) ids.push_back(IdOf(vacancy));
  return ids;
}

}  // namespace

absl::StatusOr<loading::LoadOptions<v1::Vacancy>> LoadVacancies::Prepare(
    const Call& call, const v1::LoadVacanciesHeader& header) {
  ASSIGN_OR_RETURN(const loading::Profile* profile,
                   loading::FindProfile(rules_.profiles, header.profile()));
  v1::Vacancy base;
  base.set_source(header.source());
  base.set_record_kind(header.record_kind());
  RETURN_IF_ERROR(InvalidFields(resource::CheckProvenance(call, Vacancies(), base, "header")));
  resource::SetProvenance(call, Vacancies(), base);
  return Loading({.profile = profile,
                  .standards = &rules_.standards,
                  .base = std::move(base),
                  .supplier = call.caller.path,
                  .size_bytes = header.size_bytes(),
                  .locale = call.locale});
}

absl::StatusOr<size_t> LoadVacancies::CountNew(sql::Session& session, const VacancyBatch& batch) {
  ASSIGN_OR_RETURN(const auto existing, Existing(session, IdsOf(batch)));
  return batch.records.size() - existing.size();
}

absl::StatusOr<size_t> LoadVacancies::StoreNew(const Call& call, journal::Transaction& tx,
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
  return fresh.size();
}

}  // namespace puente::labor
