// The standard methods of plain resources (AIP-131 to 135, 231), driven by a Spec. The typed
// functions are thin; what works is in the Message functions, compiled once.
#pragma once

#include <functional>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "common/resource/owner.h"
#include "common/resource/page.h"
#include "common/resource/spec.h"
#include "common/sql/session.h"

namespace puente::resource {

namespace error {
inline constexpr ErrorSpec kEtagMismatch{
    "ETAG_MISMATCH", absl::StatusCode::kAborted, "puente",
    "$name cambió desde que se leyó (etag $etag); léalo otra vez y repita el cambio.",
    "$name has changed since it was read (etag $etag); read it again and repeat the change."};
}  // namespace error

using Ids = std::vector<std::string>;

// When a guard is written.
enum class Guarded {
  kLast,   // right before COMMIT, if the resource still is as it was read
  kFirst,  // before the resource is read
};

// What the typed functions below rest on.
namespace internal {
using Emplace = std::function<Message*()>;
// INVALID_NAME or the spec's not_found, with `field` as the path that held the name.
absl::Status GetNamed(sql::Session& session, const Spec& spec, absl::string_view name,
                      absl::string_view field, Message& out);
absl::Status GuardNamed(journal::Transaction& tx, const Spec& spec, absl::string_view name,
                        absl::string_view field, Guarded when, Message& out);
// Guarded::kLast of a resource that this mutation has read.
void GuardAsRead(journal::Transaction& tx, const Spec& spec, const Message& read);
// Guarded::kFirst of many, in one statement. Whether they are there, and how they are, is read
// afterwards; what is no name of such a resource is passed over.
absl::Status GuardEachFirst(journal::Transaction& tx, const Spec& spec,
                            absl::Span<const std::string> names);
// One of many resources that are asked for at once, by a name that stood at the path `field`.
struct Asked {
  std::string name;
  std::string field;
  Message& found;
  absl::Status status = absl::OkStatus();  // as GetNamed() gives it
};
// Each by itself, in one statement.
void GetEach(sql::Session& session, const Spec& spec, absl::Span<Asked> asked);
// The same for names whose resources nobody keeps, as many at a time as are read together: `take`
// gets each in turn, by its place, with how it was found. Ends with the first error of `take`.
using TakeNamed =
    absl::FunctionRef<absl::Status(size_t place, const absl::Status& read, const Message& found)>;
absl::Status EachNamed(sql::Session& session, const Spec& spec, absl::Span<const std::string> names,
                       TakeNamed take);
// Whether a caller may see a resource whose name stood at the path `field`.
using Check = std::function<absl::Status(const Message& resource, absl::string_view field)>;
// What `emplace` gives stays in its place. Says of the first that is missing or fails the check, in
// the order asked for, so that what is hidden can't be told from what is missing. What is missing
// and may be stays empty.
enum class Missing { kRefused, kAllowed };
absl::Status BatchGetNamed(sql::Session& session, const Spec& spec,
                           const std::vector<std::string>& names, absl::string_view field,
                           const Emplace& emplace, const Check& check = nullptr,
                           Missing missing = Missing::kRefused);
absl::Status Select(sql::Session& session, const Spec& spec, absl::string_view query,
                    absl::string_view rest, absl::Span<const sql::Value> values,
                    const Emplace& emplace);
// The ids that a list's parent stands for: those before the first "-".
absl::StatusOr<Ids> ParentIds(const Spec& spec, absl::string_view parent);
struct ListCall {
  const Call& call;
  int page_size;
  absl::string_view page_token;
  absl::string_view filter;
  absl::string_view order_by;
  absl::string_view parent;  // "" for a collection without one
  Ids parent_ids;            // values of the first id columns, none for all
  // A page ends with the row that exceeds this.
  size_t most_bytes = std::numeric_limits<size_t>::max();
  // A constant of SQL, what the caller is told of: the rest is as if it were not there. "" for all.
  absl::string_view seen = "";
};
// What List() asks the database.
struct ListQuery {
  const ServedList* list;
  std::string text;
  std::vector<sql::Value> values;  // which may be the bytes of the call's
  OwnerProof proof;
};
// A page that was read.
struct Listed {
  std::string next_page_token;
  OwnerProof proof;
};
absl::StatusOr<ListQuery> MakeListQuery(sql::Session& session, const Spec& spec,
                                        const ListCall& list);
absl::StatusOr<Listed> List(sql::Session& session, const Spec& spec, const ListCall& list,
                            const Emplace& emplace);
absl::Status Create(const Call& call, journal::Transaction& tx, const Spec& spec, const Ids& ids,
                    Message& message);
// For loaders. The references of the messages are theirs to check.
absl::Status CreateMany(const Call& call, journal::Transaction& tx, const Spec& spec,
                        const std::vector<Ids>& ids, const std::vector<Message*>& messages);
absl::Status Replace(const Call& call, journal::Transaction& tx, const Spec& spec,
                     const Message& before, Message& after);
absl::Status Delete(journal::Transaction& tx, const Spec& spec, const Message& before);
// The states of a resource, from the last one back. As List() for paging.
absl::StatusOr<std::string> ListRevisions(sql::Session& session, const Spec& spec, const Call& call,
                                          const Ids& ids, int page_size,
                                          absl::string_view page_token, const Emplace& emplace);
}  // namespace internal

// The resource of a name that stood in a request at the path `field`. INVALID_NAME, or the spec's
// not_found.
template <class M>
absl::StatusOr<M> Get(sql::Session& session, const Resource<M>& resource, absl::string_view name,
                      absl::string_view field = "name") {
  M found;
  RETURN_IF_ERROR(internal::GetNamed(session, resource, name, field, found));
  return found;
}

// The same, of a resource on whose state this mutation rests without changing it: of an
// organization that must be registered. If another changes it before this is stored, the mutation
// runs again (docs/decisions/0026). Ends the process if the spec isn't guarded.
template <class M>
absl::StatusOr<M> Guard(journal::Transaction& tx, const Resource<M>& resource,
                        absl::string_view name, absl::string_view field) {
  M found;
  RETURN_IF_ERROR(internal::GuardNamed(tx, resource, name, field, Guarded::kLast, found));
  return found;
}

// The same, of a resource that this mutation changes because of what rests on it: of a release
// whose occupations are counted when it is published. Whoever is about to rest on it waits, and
// whoever did so before is seen by what is read from now on.
template <class M>
absl::StatusOr<M> GuardFirst(journal::Transaction& tx, const Resource<M>& resource,
                             absl::string_view name, absl::string_view field) {
  M found;
  RETURN_IF_ERROR(internal::GuardNamed(tx, resource, name, field, Guarded::kFirst, found));
  return found;
}

// The resources of many names, in their order, read at one moment. INVALID_NAME or the spec's
// not_found for the first at fault, `field`[i].
template <class M, class Names>
absl::StatusOr<std::vector<M>> BatchGet(sql::Session& session, const Resource<M>& resource,
                                        const Names& names, absl::string_view field = "names") {
  std::vector<M> found;
  found.reserve(names.size());
  RETURN_IF_ERROR(internal::BatchGetNamed(session, resource, {names.begin(), names.end()}, field,
                                          [&] { return &found.emplace_back(); }));
  return found;
}

// Those of many names that there are, by name, as many at a time as are read together.
template <class M>
absl::StatusOr<std::map<std::string, M>> FindMany(sql::Session& session,
                                                  const Resource<M>& resource,
                                                  absl::Span<const std::string> names) {
  std::map<std::string, M> found;
  RETURN_IF_ERROR(internal::EachNamed(
      session, resource, names,
      [&](size_t place, const absl::Status& read, const Message& one) -> absl::Status {
        if (read.ok()) found.emplace(names[place], static_cast<const M&>(one));
        return absl::IsNotFound(read) || absl::IsInvalidArgument(read) ? absl::OkStatus() : read;
      }));
  return found;
}

// The resources that the rest of a statement picks: "WHERE need = ?". `query` names it in
// errors.
template <class M>
absl::StatusOr<std::vector<M>> Select(sql::Session& session, const Resource<M>& resource,
                                      absl::string_view query, absl::string_view rest,
                                      absl::Span<const sql::Value> values = {}) {
  std::vector<M> found;
  RETURN_IF_ERROR(internal::Select(session, resource, query, rest, values,
                                   [&] { return &found.emplace_back(); }));
  return found;
}

template <class M>
struct Page {
  std::vector<M> rows;
  std::string next_page_token;
};

// A page of the list that the request's filter declares. INVALID_FILTER, INVALID_PAGE_TOKEN.
template <class M, class Request>
absl::StatusOr<Page<M>> List(const Call& call, sql::Session& session, const Resource<M>& resource,
                             const Request& request) {
  Page<M> page;
  page.rows.reserve(PageSize(request.page_size()));
  ASSIGN_OR_RETURN(
      internal::Listed listed,
      internal::List(
          session, resource,
          {call, request.page_size(), request.page_token(), request.filter(), "", "", {}},
          [&] { return &page.rows.emplace_back(); }));
  page.next_page_token = std::move(listed.next_page_token);
  return page;
}

// Stores a new resource and says so to the journal. Sets name, etag, create_time and update_time.
// The spec's already_exists if there is one of these ids.
template <class M>
absl::StatusOr<M> Create(const Call& call, journal::Transaction& tx, const Resource<M>& resource,
                         const Ids& ids, M message) {
  RETURN_IF_ERROR(internal::Create(call, tx, resource, ids, message));
  return message;
}

// Stores many at once. If one exists the whole mutation runs again, so the body first leaves out
// what Existing() finds.
template <class M>
absl::Status CreateMany(const Call& call, journal::Transaction& tx, const Resource<M>& resource,
                        const std::vector<Ids>& ids, const std::vector<M*>& messages) {
  return internal::CreateMany(call, tx, resource, ids, {messages.begin(), messages.end()});
}

// Which of these ids (of a resource with one id) are stored.
absl::StatusOr<std::vector<std::string>> Existing(sql::Session& session, const Spec& spec,
                                                  const std::vector<std::string>& ids);

// Stores `after` in place of `before` if nobody was faster (else the mutation runs again), and says
// so to the journal. Sets etag and update_time.
template <class M>
absl::StatusOr<M> Replace(const Call& call, journal::Transaction& tx, const Resource<M>& resource,
                          const M& before, M after) {
  RETURN_IF_ERROR(internal::Replace(call, tx, resource, before, after));
  return after;
}

// Deletes a resource if nobody was faster (else the mutation runs again), and says so to the
// journal.
template <class M>
absl::Status Delete(journal::Transaction& tx, const Resource<M>& resource, const M& before) {
  return internal::Delete(tx, resource, before);
}

// OK if the caller gave no etag or the resource's. ETAG_MISMATCH.
absl::Status CheckEtag(const Message& resource, absl::string_view etag);

}  // namespace puente::resource
