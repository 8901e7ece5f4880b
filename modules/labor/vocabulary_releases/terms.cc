#include "modules/labor/vocabulary_releases/terms.h"

#include "absl/strings/str_cat.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"

namespace puente::labor::store {
namespace {

absl::StatusOr<Terms> SelectTerms(sql::Session& session, const resource::Spec& spec,
                                  absl::string_view query, absl::string_view rest,
                                  absl::Span<const sql::Value> values) {
  Terms terms;
  RETURN_IF_ERROR(resource::internal::Select(session, spec, query, rest, values, [&] {
    return terms.emplace_back(spec.NewMessage()).get();
  }));
  return terms;
}

}  // namespace

absl::StatusOr<Terms> ReadTerms(sql::Session& session, const resource::Spec& spec,
                                absl::string_view release, absl::string_view after, int most) {
  return SelectTerms(session, spec, "labor.vocabulary.read",
                     "WHERE vocabulary_release = ? AND id > ? ORDER BY id LIMIT ?",
                     {release, after, most});
}

absl::StatusOr<Terms> FindTerms(sql::Session& session, const resource::Spec& spec,
                                absl::string_view release, const std::vector<std::string>& ids) {
  if (ids.empty()) return Terms();
  std::vector<sql::Value> values;
  sql::AppendList(ids, values);
  values.emplace_back(release);
  return SelectTerms(
      session, spec, "labor.vocabulary.find",
      absl::StrCat("WHERE id IN ", sql::InList(ids.size()), " AND vocabulary_release = ?"), values);
}

}  // namespace puente::labor::store
