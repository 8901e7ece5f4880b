#include "common/loads/row_errors.h"

#include <string>

#include "google/rpc/error_details.pb.h"
#include "re2/re2.h"

namespace puente::loads {
namespace {

// A violation's path in a record: "program_version.outcomes[2].skills[0]" is element 2 of outcomes.
struct Path {
  explicit Path(const std::string& path) {
    static const RE2* const form =
        new RE2(R"((?:[a-z_]+\.)?([a-z_]+)(?:\[(\d+)\])?(?:\.([a-z_]+))?.*)");
    std::string number;
    if (RE2::FullMatch(path, *form, &field, &number, &element_field)) {
      element = number.empty() ? 0 : static_cast<size_t>(std::stoul(number));
    }
  }
  std::string field;
  size_t element = 0;
  std::string element_field;
};

bool States(const loading::Column& column, const Path& path) {
  if (column.field == nullptr) return false;
  if (column.list == nullptr) return column.field->name() == path.field;
  return column.list->name() == path.field && column.field->name() == path.element_field;
}

// The column that states what is at the path.
std::string ColumnOf(const std::string& path, const loading::Profile& profile) {
  for (const loading::Column& column : profile.columns) {
    if (States(column, Path(path))) return column.name;
  }
  const bool above = path == "parent" || path == "name";
  for (const loading::Column& column : profile.columns) {
    if (above && column.key == 0) return column.name;
  }
  return path.substr(path.find('.') + 1);
}

// The line of the row that states what is at the path.
int64_t LineOf(const std::string& path, const std::vector<api::v1::LoadRow>& rows,
               const loading::Profile& profile) {
  const Path parts(path);
  const bool of_list = profile.list != nullptr && profile.list->name() == parts.field;
  return rows[of_list && parts.element < rows.size() ? parts.element : 0].line();
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

std::vector<type::v1::RowError> RowErrorsOf(const absl::Status& refusal,
                                            const std::vector<api::v1::LoadRow>& rows,
                                            const loading::Profile& profile, Locale locale) {
  std::vector<type::v1::RowError> errors;
  const google::rpc::BadRequest bad = BadRequestOf(refusal);
  for (const auto& violation : bad.field_violations()) {
    errors.push_back(Wrong(LineOf(violation.field(), rows, profile),
                           ColumnOf(violation.field(), profile), violation.reason(),
                           locale == Locale::kSpanish ? violation.localized_message().message()
                                                      : violation.description()));
  }
  if (errors.empty()) {
    const std::string path = MetadataOf(refusal, "field");
    errors.push_back(Wrong(LineOf(path, rows, profile), ColumnOf(path, profile), Reason(refusal),
                           Text(refusal, locale)));
  }
  return errors;
}

}  // namespace puente::loads
