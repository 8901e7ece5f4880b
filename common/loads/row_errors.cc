#include "common/loads/row_errors.h"

#include <string>

#include "google/rpc/error_details.pb.h"

namespace puente::loads {
namespace {

// "campus.title_es" and "title_es" as the column that states it.
std::string ColumnOf(const std::string& path, const loading::Profile& profile) {
  const std::string field = path.substr(path.find('.') + 1);
  for (const loading::Column& column : profile.columns) {
    if (column.field != nullptr && column.field->name() == field) return column.name;
  }
  const bool above = path == "parent" || path == "name";
  for (const loading::Column& column : profile.columns) {
    if (above && column.key == 0) return column.name;
  }
  return path;
}

type::v1::RowError Wrong(int64_t line, std::string column, std::string rule, std::string remedy) {
  type::v1::RowError error;
  error.set_line(line);
  error.set_field(std::move(column));
  error.set_rule(std::move(rule));
  error.set_remedy(std::move(remedy));
  return error;
}

}  // namespace

std::vector<type::v1::RowError> RowErrorsOf(const absl::Status& refusal, int64_t line,
                                            const loading::Profile& profile, Locale locale) {
  std::vector<type::v1::RowError> errors;
  const google::rpc::BadRequest bad = BadRequestOf(refusal);
  for (const auto& violation : bad.field_violations()) {
    if (errors.size() == kMostErrorsOfRow) break;
    errors.push_back(Wrong(line, ColumnOf(violation.field(), profile), violation.reason(),
                           locale == Locale::kSpanish ? violation.localized_message().message()
                                                      : violation.description()));
  }
  if (errors.empty()) {
    errors.push_back(Wrong(line, ColumnOf(MetadataOf(refusal, "field"), profile), Reason(refusal),
                           Text(refusal, locale)));
  }
  return errors;
}

}  // namespace puente::loads
