// That numbered resources (Spec::numbered()) have no gap and those of a parent have one owner.
#pragma once

#include "absl/status/status.h"
#include "common/resource/resource.h"

namespace puente::resource {

// That a new numbered resource comes right after another of its owner, which is guarded so that
// nobody deletes it meanwhile.
absl::Status CheckPrevious(journal::Transaction& tx, const Spec& spec, const Ids& ids,
                           const Message& created);

// That a numbered resource whose name was another's before has the same owner.
absl::Status CheckHeir(journal::Transaction& tx, const Spec& spec, const Ids& ids,
                       const Message& created);

// That nothing comes after a resource that this transaction has just deleted: whoever adds the next
// one writes the guard of this row.
absl::Status CheckLast(journal::Transaction& tx, const Spec& spec, const Ids& ids,
                       const std::string& name);

}  // namespace puente::resource
