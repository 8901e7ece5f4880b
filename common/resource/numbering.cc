#include "common/resource/numbering.h"

#include <memory>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/resource/owner.h"
#include "common/resource/revisions.h"
#include "common/resource/standard.h"

namespace puente::resource {
namespace {

// The last number under the parent of these ids; 0 if there is none.
absl::StatusOr<int64_t> LastNumber(sql::Session& session, const Spec& spec, Ids ids) {
  const auto& columns = spec.id_columns();
  std::vector<std::string> conditions;
  ids.pop_back();
  for (size_t i = 0; i < ids.size(); ++i) conditions.push_back(absl::StrCat(columns[i], " = ?"));
  const std::string text = absl::StrCat("SELECT MAX(", columns.back(), ") FROM ", spec.table(),
                                        " WHERE ", absl::StrJoin(conditions, " AND "));
  const std::vector<sql::Value> values(ids.begin(), ids.end());
  return session.Number({"resource.last_number", text}, values);
}

// The numbering's of_another unless a new resource belongs to whom an earlier one belonged to.
absl::Status CheckSameOwner(const Spec& spec, Ids ids, const Message& earlier,
                            const Message& created) {
  if (spec.owner() == nullptr) return absl::OkStatus();
  const std::string owner = OwnerOf(spec, earlier), given = OwnerOf(spec, created);
  if (owner == given) return absl::OkStatus();
  ids.pop_back();
  return spec.OfAnother(spec.pattern().Parent().Format(ids), owner, given);
}

}  // namespace

absl::Status CheckPrevious(journal::Transaction& tx, const Spec& spec, const Ids& ids,
                           const Message& created) {
  int64_t number = 0;
  if (!absl::SimpleAtoi(ids.back(), &number) || number == 1) return absl::OkStatus();
  Ids previous = ids;
  previous.back() = absl::StrCat(number - 1);
  const std::unique_ptr<Message> before = spec.NewMessage();
  const absl::Status found = internal::GuardNamed(tx, spec, spec.pattern().Format(previous),
                                                  "parent", Guarded::kLast, *before);
  if (absl::IsNotFound(found)) {
    ASSIGN_OR_RETURN(const int64_t last, LastNumber(tx, spec, ids));
    return spec.NotNext(standard::Name(created), last + 1);
  }
  RETURN_IF_ERROR(found);
  return CheckSameOwner(spec, ids, *before, created);
}

absl::Status CheckHeir(journal::Transaction& tx, const Spec& spec, const Ids& ids,
                       const Message& created) {
  const std::unique_ptr<Message> before = spec.NewMessage();
  RETURN_IF_ERROR(LastState(tx, standard::Name(created), *before));
  return CheckSameOwner(spec, ids, *before, created);
}

absl::Status CheckLast(journal::Transaction& tx, const Spec& spec, const Ids& ids,
                       const std::string& name) {
  int64_t number = 0;
  if (!spec.numbered() || !absl::SimpleAtoi(ids.back(), &number)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const int64_t last, LastNumber(tx, spec, ids));
  if (last < number) return absl::OkStatus();
  return spec.NotLast(name, last);
}

}  // namespace puente::resource
