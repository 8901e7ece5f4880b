#include "modules/labor/vacancy_loads/take_back.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/resource/resource.h"
#include "common/resource/standard.h"
#include "common/resource/states.h"
#include "modules/labor/vacancies/resource.h"
#include "modules/labor/vacancy_loads/resource.h"
#include "modules/labor/vacancy_loads/store.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::VacancyLoad> ReadLoad(sql::Session& session, const std::string& id) {
  return resource::Get(session, VacancyLoads(), VacancyLoads().pattern().Format({id}));
}

absl::Status Close(const Call& call, journal::Transaction& tx, const v1::Vacancy& vacancy) {
  v1::Vacancy after = vacancy;
  resource::EnterState(Vacancies(), "CloseVacancy", after);
  after.set_close_reason(v1::CLOSE_REASON_LOAD_TAKEN_BACK);
  *after.mutable_close_time() = ToProto(call.start);
  return resource::Replace(call, tx, Vacancies(), vacancy, std::move(after)).status();
}

// Says how many it has closed. Who has closed a vacancy, or stored it anew, has given it another
// version.
absl::StatusOr<int64_t> CloseUnchanged(const Call& call, journal::Transaction& tx,
                                       const loads::Chunk& chunk) {
  std::vector<std::string> names;
  for (const auto& stored : chunk.vacancies()) {
    names.push_back(Vacancies().pattern().Format({stored.id()}));
  }
  ASSIGN_OR_RETURN(const auto vacancies, resource::BatchGet(tx, Vacancies(), names));
  int64_t closed = 0;
  for (size_t i = 0; i < vacancies.size(); ++i) {
    if (resource::standard::Version(vacancies[i]) != chunk.vacancies(i).version()) continue;
    RETURN_IF_ERROR(Close(call, tx, vacancies[i]));
    ++closed;
  }
  return closed;
}

absl::Status CloseChunk(const Call& call, journal::Transaction& tx, const std::string& id,
                        const store::LoadedChunk& chunk) {
  tx.AsChunk(absl::StrCat(id, "/", chunk.number));
  ASSIGN_OR_RETURN(const int64_t closed, CloseUnchanged(call, tx, chunk.content));
  ASSIGN_OR_RETURN(const v1::VacancyLoad before, ReadLoad(tx, id));
  v1::VacancyLoad after = before;
  after.set_closed_count(before.closed_count() + closed);
  after.set_kept_count(before.kept_count() + chunk.content.vacancies_size() - closed);
  RETURN_IF_ERROR(resource::Replace(call, tx, VacancyLoads(), before, std::move(after)).status());
  return store::ForgetChunk(tx, id, chunk.number);
}

absl::Status Finish(const Call& call, journal::Transaction& tx, const std::string& id) {
  ASSIGN_OR_RETURN(const v1::VacancyLoad before, ReadLoad(tx, id));
  v1::VacancyLoad after = before;
  after.set_state(v1::VACANCY_LOAD_STATE_TAKEN_BACK);
  return resource::Replace(call, tx, VacancyLoads(), before, std::move(after)).status();
}

}  // namespace

absl::StatusOr<due::Next> TakeBackChunk(const due::Slice& slice) {
  const std::string id = slice.task.key;
  const Call& call = slice.call;
  ASSIGN_OR_RETURN(auto chunk, store::ReadChunk(slice.session, id));
  if (!chunk) {
    return due::Next::Done().Writing(
        [&call, id](journal::Transaction& tx) { return Finish(call, tx, id); });
  }
  return due::Next::Now("").Writing(
      [&call, id, chunk = *std::move(chunk)](journal::Transaction& tx) {
        return CloseChunk(call, tx, id, chunk);
      });
}

}  // namespace puente::labor
