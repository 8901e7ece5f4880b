#include "cli/upload_text.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "cli/format.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "puente/labor/v1/vocabulary_release.pb.h"
#include "puente/type/v1/row_error.pb.h"

namespace puente::cli {
namespace {

// As many errors as fit a screen; --format json has all that the server sent.
constexpr int kMostErrors = 20;

template <class Response>
void PrintErrors(Printer& printer, const Response& response) {
  Table table({{printer.Say(label::kLine), Column::kRight},
               {printer.Say(label::kField), Column::kLeft, 30},
               {printer.Say(label::kValue), Column::kLeft, 30},
               {printer.Say(label::kRule), Column::kBelow},
               {printer.Say(label::kRemedy), Column::kTextBelow}});
  for (const type::v1::RowError& error : response.errors()) {
    if (static_cast<int>(table.size()) == kMostErrors) break;
    table.Add(
        {CountText(error.line()), error.field(), error.value(), error.rule(), error.remedy()});
  }
  printer.Print(table);
  const int64_t more =
      response.errors_size() - static_cast<int64_t>(table.size()) + response.more_error_count();
  if (more == 0) return;
  printer.EmptyLine();
  printer.Line(absl::StrCat(CountText(more), " ", printer.Say(label::kMoreErrors)));
}

}  // namespace

std::string UploadProgress(int64_t sent, int64_t size) {
  if (size == 0) return absl::StrCat(CountText(sent), " bytes");
  return absl::StrCat(CountText(sent), " / ", CountText(size), " bytes, ", ShareText(sent, size));
}

template <class Response>
void Print(Printer& printer, const Response& response, bool stored) {
  const int64_t whole = response.read_count();
  const auto row = [&](const Label& label, int64_t count) -> std::vector<std::string> {
    return {printer.Say(label), CountText(count), ShareText(count, whole)};
  };
  printer.Heading(printer.Say(label::kRows));
  printer.Print(std::vector<std::vector<std::string>>{
      {printer.Say(label::kRead), CountText(whole)},
      row(stored ? label::kLoaded : label::kNew, response.loaded_count()),
      row(label::kUnchanged, response.unchanged_count()),
      row(label::kRejected, response.rejected_count())});
  if (response.truncated()) printer.Warning(printer.Say(label::kTruncated));
  if (!stored) printer.Warning(printer.Say(label::kNothingStored));
  if (!response.errors().empty()) PrintErrors(printer, response);
  printer.EmptyLine();
  printer.Line(absl::StrCat("SHA-256 ", absl::BytesToHexString(response.content_digest())));
  if (!response.freshness_token().empty()) {
    printer.Line(absl::StrCat(printer.Say(label::kFreshness), " ", response.freshness_token()));
  }
}

template void Print(Printer&, const labor::v1::LoadVacanciesResponse&, bool);
template void Print(Printer&, const labor::v1::LoadVocabularyResponse&, bool);

}  // namespace puente::cli
