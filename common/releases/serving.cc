#include "common/releases/serving.h"

#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/sql/error.h"

namespace puente::releases {

std::string NameOf(const Source& source, const Release& release) {
  return absl::StrCat(source.prefix, release.number);
}

absl::StatusOr<Release> NamedRelease(sql::Session& session, const Source& source,
                                     absl::string_view name) {
  int64_t number = 0;
  if (absl::SimpleAtoi(absl::StripPrefix(name, source.prefix), &number)) {
    ASSIGN_OR_RETURN(const auto found,
                     store::ReadReleasesOf(session, source.family.name, {number}));
    if (!found.empty()) return found.begin()->second;
  }
  return ErrorOf(source.not_found, {{"name", std::string(name)}});
}

absl::StatusOr<Figured> ReadFigured(sql::Session& session, const Source& source,
                                    absl::string_view table, const Release& release,
                                    const std::vector<std::string>& firsts,
                                    const std::map<int, std::string>& others) {
  const std::set<std::string> different(firsts.begin(), firsts.end());
  ASSIGN_OR_RETURN(auto cells, store::ReadCells(session, table, release.number,
                                                {different.begin(), different.end()}, others));
  Figured figured;
  std::set<int64_t> numbers;
  for (store::ToldCell& told : cells) {
    numbers.insert(told.as_of);
    figured.cells[told.key[0]].push_back(std::move(told));
  }
  ASSIGN_OR_RETURN(figured.as_of,
                   store::ReadReleasesOf(session, source.family.name,
                                         std::vector<int64_t>(numbers.begin(), numbers.end())));
  for (const int64_t number : numbers) {
    if (!figured.as_of.contains(number)) {
      return Error(sql::error::kRowCorrupt, "column"_is("figure_cell.as_of"));
    }
  }
  return figured;
}

}  // namespace puente::releases
