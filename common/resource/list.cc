// The pages of a list.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/resource/elements.h"
#include "common/resource/filter.h"
#include "common/resource/resource.h"

namespace puente::resource {
namespace {

// Which of the ids a list is ordered by; they come first in select().
std::optional<size_t> IdPlace(const Spec& spec, const OrderColumn& order) {
  const auto& ids = spec.id_columns();
  const auto found = std::find(ids.begin(), ids.end(), order.column);
  if (found == ids.end()) return std::nullopt;
  return found - ids.begin();
}

// Whether a column is one of the parent's ids, which are the same in all its rows. They must not be
// in the statement's order: MariaDB would sort all of them for every page, as it compares VARBINARY
// with a parameter that is text and sees no constant.
bool IsOfParent(const Spec& spec, const OrderColumn& column, const Ids& parent) {
  const std::optional<size_t> place = IdPlace(spec, column);
  return place && *place < parent.size();
}

// What a list's statement calls a column that orders it, or is its parent's: where it is by an
// element, the ids are read from the table of those, whose index has them in order.
std::string ColumnIn(const ServedList& list, absl::string_view column) {
  return list.elements.empty() ? std::string(column) : OfColumn(column);
}

// Rows after the cursor, in the expanded form that an index serves:
// a > ? OR (a = ? AND b > ?). The tuple form reads the whole range.
std::string AfterCursor(const ServedList& list, const std::vector<OrderColumn>& order,
                        const std::vector<std::string>& cursor, std::vector<sql::Value>& values) {
  std::string text;
  for (size_t last = 0; last < order.size(); ++last) {
    absl::StrAppend(&text, last == 0 ? "(" : " OR (");
    for (size_t i = 0; i <= last; ++i) {
      const char* comparison = i < last ? " = ?" : order[i].descending ? " < ?" : " > ?";
      absl::StrAppend(&text, i == 0 ? "" : " AND ", ColumnIn(list, order[i].column), comparison);
      values.emplace_back(std::string(cursor[i]));
    }
    absl::StrAppend(&text, ")");
  }
  return text;
}

// Where rows of ListText() have what they are ordered by.
std::vector<size_t> CursorPlaces(const Spec& spec, const ServedList& list) {
  std::vector<size_t> places;
  size_t next = spec.select_width();
  for (const OrderColumn& column : list.order) {
    const std::optional<size_t> id = IdPlace(spec, column);
    places.push_back(id ? *id : next++);
  }
  return places;
}

// The tables that a list is read from, along this index of the first.
std::string From(const Spec& spec, const ServedList& list, absl::string_view index) {
  if (list.elements.empty()) {
    return absl::StrCat(" FROM ", spec.table(), " FORCE INDEX (", index, ")");
  }
  const auto same = [](std::string* out, const std::string& id) {
    absl::StrAppend(out, id, " = ", OfColumn(id));
  };
  return absl::StrCat(" FROM ", list.elements, " FORCE INDEX (", index, ") STRAIGHT_JOIN ",
                      spec.table(), " ON ", absl::StrJoin(spec.id_columns(), " AND ", same));
}

// `conditions` and the limit are its parameters' places.
std::string ListText(const Spec& spec, const ServedList& list,
                     const std::vector<OrderColumn>& order, absl::string_view index,
                     const std::vector<std::string>& conditions) {
  std::string text = spec.select();
  for (const OrderColumn& column : order) {
    if (!IdPlace(spec, column)) absl::StrAppend(&text, ", ", column.column, " AS _", column.column);
  }
  absl::StrAppend(&text, From(spec, list, index));
  if (!conditions.empty()) absl::StrAppend(&text, " WHERE ", absl::StrJoin(conditions, " AND "));
  // The table's column, which its index has in order, not what select() makes of it.
  const std::string& table = list.elements.empty() ? spec.table() : list.elements;
  const auto ordered = [&](std::string* out, const OrderColumn& column) {
    absl::StrAppend(out, table, ".", ColumnIn(list, column.column),
                    column.descending ? " DESC" : "");
  };
  absl::StrAppend(&text, " ORDER BY ", absl::StrJoin(order, ", ", ordered));
  return absl::StrCat(text, " LIMIT ?");
}

int RowsOfPage(const Spec& spec, int page_size) {
  return std::min(PageSize(page_size), spec.most_rows());
}

// What a list's page tokens are bound to.
std::vector<absl::string_view> Binding(const internal::ListCall& list) {
  return {list.call.method, list.call.caller.path, list.parent, list.filter, list.order_by};
}

}  // namespace

namespace internal {

absl::StatusOr<Ids> ParentIds(const Spec& spec, absl::string_view parent) {
  ASSIGN_OR_RETURN(Ids ids, spec.pattern().Parent().ParseWithWildcard(parent, "parent"));
  while (!ids.empty() && ids.back() == "-") ids.pop_back();
  return ids;
}

absl::StatusOr<ListQuery> MakeListQuery(sql::Session& session, const Spec& spec,
                                        const ListCall& list) {
  ASSIGN_OR_RETURN(const MatchedFilter matched, MatchFilter(spec, list.filter, list.order_by));
  ASSIGN_OR_RETURN(const OwnerProof proof,
                   CheckListOwner(list.call, session, spec, list.parent, matched.terms));
  RETURN_IF_ERROR(CheckMayAsk(list.call, session, spec, matched.terms));
  const ServedList& served = *matched.list;
  std::vector<OrderColumn> order = served.order;
  std::erase_if(
      order, [&](const OrderColumn& column) { return IsOfParent(spec, column, list.parent_ids); });
  ListQuery query{&served, "", {list.parent_ids.begin(), list.parent_ids.end()}, proof};
  std::vector<std::string> conditions;
  for (size_t i = 0; i < query.values.size(); ++i) {
    conditions.push_back(absl::StrCat(ColumnIn(served, spec.id_columns()[i]), " = ?"));
  }
  if (!matched.where.empty()) conditions.push_back(matched.where);
  if (!list.seen.empty()) conditions.emplace_back(list.seen);
  query.values.insert(query.values.end(), matched.values.begin(), matched.values.end());
  if (!list.page_token.empty()) {
    ASSIGN_OR_RETURN(const std::vector<std::string> cursor,
                     ParsePageToken(Binding(list), list.page_token, served.order.size()));
    std::vector<std::string> after;
    for (size_t i = 0; i < cursor.size(); ++i) {
      if (!IsOfParent(spec, served.order[i], list.parent_ids)) after.push_back(cursor[i]);
    }
    conditions.push_back(absl::StrCat("(", AfterCursor(served, order, after, query.values), ")"));
  }
  query.values.emplace_back(RowsOfPage(spec, list.page_size) +
                            1);  // one more: is there a next page?
  const bool within = !list.parent_ids.empty() && !served.index_within.empty();
  query.text =
      ListText(spec, served, order, within ? served.index_within : served.index, conditions);
  return query;
}

absl::StatusOr<Listed> List(sql::Session& session, const Spec& spec, const ListCall& list,
                            const Emplace& emplace) {
  ASSIGN_OR_RETURN(const ListQuery query, MakeListQuery(session, spec, list));
  const int size = RowsOfPage(spec, list.page_size);
  int count = 0;
  std::vector<std::string> cursor(query.list->order.size());
  const std::vector<size_t> places = CursorPlaces(spec, *query.list);
  const size_t most_bytes = std::min(list.most_bytes, kMostPageBytes);
  const bool weighed = most_bytes < kMostPageBytes || spec.weighed();
  size_t bytes = 0;
  bool more = false;
  RETURN_IF_ERROR(session.EachInto({"resource.list", query.text}, query.values, &spec.type(),
                                   [&](const sql::Row& row) -> absl::Status {
                                     more = ++count > size || bytes > most_bytes;
                                     if (more) return absl::OkStatus();
                                     for (size_t i = 0;
                                          i < cursor.size() && (weighed || count == size); ++i) {
                                       cursor[i] = row.Text(places[i]);
                                     }
                                     Message& message = *emplace();
                                     RETURN_IF_ERROR(spec.Read(row, message));
                                     if (weighed) bytes += message.ByteSizeLong();
                                     return absl::OkStatus();
                                   }));
  return Listed{more ? MakePageToken(Binding(list), cursor) : std::string(), query.proof};
}

}  // namespace internal
}  // namespace puente::resource
