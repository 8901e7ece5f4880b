#include "modules/labor/vacancies/load.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/crypto/digest.h"
#include "common/resource/provenance.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "modules/labor/vacancies/resource.h"
#include "modules/labor/vacancy_loads/resource.h"
#include "modules/labor/vacancy_loads/store.h"

namespace puente::labor {
namespace {

std::string IdOf(const v1::Vacancy& vacancy) {
  return std::string(absl::StripPrefix(vacancy.name(), "vacancies/"));
}

std::vector<std::string> IdsOf(const VacancyBatch& batch) {
  std::vector<std::string> ids;
  for (const v1::Vacancy& vacancy : batch.records) ids.push_back(IdOf(vacancy));
  return ids;
}

// What is stored already of the rows of a batch.
struct Stored {
  absl::flat_hash_set<std::string> ids;
  // Those of them that closed with a load, by id: they are stored anew.
  absl::flat_hash_map<std::string, v1::Vacancy> taken_back;

  bool Has(const std::string& id) const { return ids.contains(id) && !taken_back.contains(id); }
};

absl::StatusOr<Stored> ReadStored(sql::Session& session, const std::vector<std::string>& ids) {
  Stored stored;
  ASSIGN_OR_RETURN(const auto found, resource::Existing(session, Vacancies(), ids));
  stored.ids.insert(found.begin(), found.end());
  if (found.empty()) return stored;
  std::vector<sql::Value> values;
  sql::AppendList(found, values);
  values.emplace_back(static_cast<int>(v1::CLOSE_REASON_LOAD_TAKEN_BACK));
  ASSIGN_OR_RETURN(std::vector<v1::Vacancy> taken_back,
                   resource::Select(session, Vacancies(), "labor.vacancies.taken_back",
                                    absl::StrCat("WHERE id IN ", sql::InList(found.size()),
                                                 " AND close_reason = ?"),
                                    values));
  for (v1::Vacancy& vacancy : taken_back) {
    const std::string id = IdOf(vacancy);
    stored.taken_back[id] = std::move(vacancy);
  }
  return stored;
}

// Of an upload that is repeated, the same.
std::string LoadId(const Call& call, const std::string& request_id) {
  if (request_id.empty()) return crypto::Uuid4();
  const std::string digest = crypto::TaggedSha256(
      "puente-vacancy-load/1", {call.caller.path, absl::AsciiStrToLower(request_id)});
  return absl::BytesToHexString(digest.substr(0, 16));
}

}  // namespace

absl::StatusOr<loading::LoadOptions<v1::Vacancy>> LoadVacancies::Prepare(
    const Call& call, sql::Session& session, const v1::LoadVacanciesHeader& header) {
  ASSIGN_OR_RETURN(const loading::Profile* profile,
                   loading::FindProfile(rules_.profiles, header.profile()));
  v1::Vacancy base;
  base.set_source(header.source());
  base.set_record_kind(header.record_kind());
  RETURN_IF_ERROR(InvalidFields(resource::CheckProvenance(call, Vacancies(), base, "header")));
  resource::SetProvenance(call, Vacancies(), base);
  load_.set_name(VacancyLoads().pattern().Format({LoadId(call, header.request_id())}));
  load_.set_state(v1::VACANCY_LOAD_STATE_LOADED);
  load_.set_supplier(call.caller.path);
  load_.set_profile(header.profile());
  load_.set_source(base.source());
  load_.set_record_kind(base.record_kind());
  RETURN_IF_ERROR(store::CheckMayLoad(session, load_));
  return Loading({.profile = profile,
                  .standards = &rules_.standards,
                  .base = std::move(base),
                  .supplier = call.caller.path,
                  .size_bytes = header.size_bytes(),
                  .locale = call.locale});
}

absl::StatusOr<size_t> LoadVacancies::CountNew(sql::Session& session, const VacancyBatch& batch) {
  const std::vector<std::string> ids = IdsOf(batch);
  ASSIGN_OR_RETURN(const Stored stored, ReadStored(session, ids));
  return absl::c_count_if(ids, [&](const std::string& id) { return !stored.Has(id); });
}

void LoadVacancies::SetLoad(v1::LoadVacanciesResponse& response) const {
  response.set_vacancy_load(load_.name());
}

absl::StatusOr<size_t> LoadVacancies::StoreNew(const Call& call, journal::Transaction& tx,
                                               VacancyBatch& batch) {
  const std::vector<std::string> ids = IdsOf(batch);
  ASSIGN_OR_RETURN(const Stored stored, ReadStored(tx, ids));
  std::vector<resource::Ids> fresh_ids;
  std::vector<v1::Vacancy*> fresh;
  std::vector<const v1::Vacancy*> loaded;
  for (size_t i = 0; i < ids.size(); ++i) {
    v1::Vacancy& vacancy = batch.records[i];
    if (stored.Has(ids[i])) continue;
    loaded.push_back(&vacancy);
    if (const auto before = stored.taken_back.find(ids[i]); before != stored.taken_back.end()) {
      *vacancy.mutable_create_time() = before->second.create_time();
      ASSIGN_OR_RETURN(vacancy, resource::Replace(call, tx, Vacancies(), before->second, vacancy));
    } else {
      fresh_ids.push_back({ids[i]});
      fresh.push_back(&vacancy);
    }
  }
  if (loaded.empty()) return 0;
  RETURN_IF_ERROR(resource::CreateMany(call, tx, Vacancies(), fresh_ids, fresh));
  RETURN_IF_ERROR(store::AddToLoad(call, tx, load_, batch.number, loaded));
  return loaded.size();
}

}  // namespace puente::labor
