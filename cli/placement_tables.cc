#include "cli/placement_tables.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/format.h"
#include "cli/words.h"

namespace puente::cli {
namespace {

using api::v1::LoadRow;
using education::v1::PlacementRequest;

constexpr Label kRow{"row", "fila"};
constexpr Label kFrom{"from", "desde"};
constexpr Label kUntil{"until", "hasta"};
constexpr Label kLearner{"learner", "estudiante"};
constexpr Label kPlace{"place", "plaza"};
constexpr Label kReason{"reason", "motivo"};
constexpr Label kRequest{"request", "solicitud"};
constexpr Label kNotTaken{"not taken", "no tomada"};

const Label& LabelOf(education::v1::PlacementRequestState state) {
  static constexpr Word kWords[] = {
      {education::v1::PLACEMENT_REQUEST_STATE_WAITING, {"waiting", "en espera"}},
      {education::v1::PLACEMENT_REQUEST_STATE_UNDER_WAY, {"under way", "en curso"}},
      {education::v1::PLACEMENT_REQUEST_STATE_PLACED, {"placed", "colocada"}},
      {education::v1::PLACEMENT_REQUEST_STATE_REFUSED, {"refused", "rechazada"}},
      {education::v1::PLACEMENT_REQUEST_STATE_WITHDRAWN, {"withdrawn", "retirada"}},
  };
  return Find(kWords, state);
}

std::string Say(Language language, const Label& label) { return std::string(In(language, label)); }

std::vector<Column> Columns(Language language) {
  return {{Say(language, label::kRecordState)},
          {Say(language, kFrom)},
          {Say(language, kUntil)},
          {Say(language, kLearner), Column::kLeft, 36},
          {Say(language, kPlace), Column::kBelow},
          {Say(language, kReason), Column::kTextBelow},
          {Say(language, kRequest), Column::kBelow}};
}

std::vector<std::string> CellsOf(Language language, const PlacementRequest& request) {
  const std::string& why =
      language == Language::kSpanish ? request.refusal_es() : request.refusal_en();
  return {Say(language, LabelOf(request.state())),
          DateText(request.start_date()),
          DateText(request.end_date()),
          std::string(LastId(request.learner())),
          request.training_place(),
          request.refusal().empty() ? "" : absl::StrCat(why, " [", request.refusal(), "]"),
          request.name()};
}

// What the loader said is in the language of whoever loaded the file.
std::vector<std::string> CellsOf(Language language, const LoadRow& row) {
  std::string why;
  for (const auto& error : row.errors()) {
    absl::StrAppend(&why, why.empty() ? "" : " ", error.field(), error.field().empty() ? "" : ": ",
                    error.remedy(), " [", error.rule(), "]");
  }
  return {Say(language, kNotTaken), "", "", "", "", why, ""};
}

}  // namespace

Table TableOfRequests(Language language,
                      const google::protobuf::RepeatedPtrField<PlacementRequest>& requests) {
  Table table(Columns(language));
  for (const PlacementRequest& request : requests) table.Add(CellsOf(language, request));
  return table;
}

Table TableOfRequestedRows(Language language,
                           const google::protobuf::RepeatedPtrField<LoadRow>& rows,
                           const RequestsByName& requests) {
  std::vector<Column> columns = Columns(language);
  columns.insert(columns.begin(), {Say(language, kRow), Column::kRight});
  Table table(std::move(columns));
  for (const LoadRow& row : rows) {
    const auto request = requests.find(row.name());
    const bool refused = row.outcome() == api::v1::LOAD_OUTCOME_REFUSED;
    std::vector<std::string> cells = refused || request == requests.end()
                                         ? CellsOf(language, row)
                                         : CellsOf(language, request->second);
    cells.insert(cells.begin(), absl::StrCat(row.row()));
    table.Add(std::move(cells));
  }
  return table;
}

}  // namespace puente::cli
