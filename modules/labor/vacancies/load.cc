#include "modules/labor/vacancies/load.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/behavior.h"
#include "common/context/clock.h"
#include "common/crypto/digest.h"
#include "common/resource/provenance.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "google/protobuf/util/message_differencer.h"
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

// Whether both say the same of what a supplier states.
bool StatesTheSame(const v1::Vacancy& a, const v1::Vacancy& b) {
  static const auto* const stated = [] {
    auto* fields = new std::vector<const google::protobuf::FieldDescriptor*>;
    for (int i = 0; i < v1::Vacancy::descriptor()->field_count(); ++i) {
      const google::protobuf::FieldDescriptor* field = v1::Vacancy::descriptor()->field(i);
      if (!IsOfServer(*field)) fields->push_back(field);
    }
    return fields;
  }();
  google::protobuf::util::MessageDifferencer differencer;
  return differencer.CompareWithFields(a, b, *stated, *stated);
}

using ById = absl::flat_hash_map<std::string, v1::Vacancy>;

// What is stored already of the rows of a batch.
struct Stored {
  absl::flat_hash_set<std::string> ids;
  // Those of them that closed with a load, by id: they are stored anew.
  ById taken_back;
  // The others, where rows have numbers: of rows without, ids say all that they state.
  ById standing;

  bool Has(const std::string& id) const { return ids.contains(id) && !taken_back.contains(id); }
  // Whether a number is that of a vacancy of which something else is stored.
  bool Contradicts(const std::string& id, const v1::Vacancy& vacancy) const {
    const auto found = standing.find(id);
    return found != standing.end() && !StatesTheSame(found->second, vacancy);
  }
};

absl::StatusOr<ById> Select(sql::Session& session, absl::string_view query,
                            const std::vector<std::string>& ids, absl::string_view condition) {
  std::vector<sql::Value> values;
  sql::AppendList(ids, values);
  values.emplace_back(static_cast<int>(v1::CLOSE_REASON_LOAD_TAKEN_BACK));
  const std::string rest = absl::StrCat("WHERE id IN ", sql::InList(ids.size()), condition);
  ASSIGN_OR_RETURN(std::vector<v1::Vacancy> vacancies,
                   resource::Select(session, Vacancies(), query, rest, values));
  ById by_id;
  for (v1::Vacancy& vacancy : vacancies) {
    const std::string id = IdOf(vacancy);
    by_id[id] = std::move(vacancy);
  }
  return by_id;
}

absl::StatusOr<Stored> ReadStored(sql::Session& session, const std::vector<std::string>& ids,
                                  bool numbered) {
  Stored stored;
  ASSIGN_OR_RETURN(const auto found, resource::Existing(session, Vacancies(), ids));
  stored.ids.insert(found.begin(), found.end());
  if (found.empty()) return stored;
  ASSIGN_OR_RETURN(stored.taken_back,
                   Select(session, "labor.vacancies.taken_back", found, " AND close_reason = ?"));
  if (!numbered) return stored;
  ASSIGN_OR_RETURN(stored.standing,
                   Select(session, "labor.vacancies.standing", found, " AND close_reason <> ?"));
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
  numbered_ = absl::c_any_of(profile->columns,
                             [](const loading::Column& column) { return column.key >= 0; });
  return Loading({.profile = profile,
                  .standards = &rules_.standards,
                  .base = std::move(base),
                  .supplier = call.caller.path,
                  .today = LegalDay(call.start),
                  .size_bytes = header.size_bytes(),
                  .locale = call.locale});
}

absl::StatusOr<LoadVacancies::Outcome> LoadVacancies::Look(sql::Session& session,
                                                           const VacancyBatch& batch) {
  const std::vector<std::string> ids = IdsOf(batch);
  ASSIGN_OR_RETURN(const Stored stored, ReadStored(session, ids, numbered_));
  Outcome outcome;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (!stored.Has(ids[i])) ++outcome.fresh;
    if (stored.Contradicts(ids[i], batch.records[i])) outcome.contradict.push_back(i);
  }
  return outcome;
}

void LoadVacancies::SetLoad(v1::LoadVacanciesResponse& response) const {
  response.set_vacancy_load(load_.name());
}

absl::StatusOr<LoadVacancies::Outcome> LoadVacancies::StoreNew(const Call& call,
                                                               journal::Transaction& tx,
                                                               VacancyBatch& batch) {
  const std::vector<std::string> ids = IdsOf(batch);
  ASSIGN_OR_RETURN(const Stored stored, ReadStored(tx, ids, numbered_));
  // After that is read, so that nothing of it was about to close by then.
  RETURN_IF_ERROR(store::CheckMayLoad(tx, load_));
  Outcome outcome;
  std::vector<resource::Ids> fresh_ids;
  std::vector<v1::Vacancy*> fresh;
  std::vector<const v1::Vacancy*> loaded;
  for (size_t i = 0; i < ids.size(); ++i) {
    v1::Vacancy& vacancy = batch.records[i];
    if (stored.Contradicts(ids[i], vacancy)) outcome.contradict.push_back(i);
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
  if (loaded.empty()) return outcome;
  RETURN_IF_ERROR(resource::CreateMany(call, tx, Vacancies(), fresh_ids, fresh));
  RETURN_IF_ERROR(store::AddToLoad(call, tx, load_, batch.number, loaded));
  outcome.fresh = loaded.size();
  return outcome;
}

}  // namespace puente::labor
