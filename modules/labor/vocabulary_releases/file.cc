#include "modules/labor/vocabulary_releases/file.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "common/fields/rules.h"
#include "common/loading/conversion.h"
#include "common/loading/errors.h"
#include "common/loading/row_converter.h"
#include "common/names/text.h"
#include "common/status/macros.h"
#include "modules/labor/errors.h"
#include "modules/labor/occupations/rules.h"
#include "puente/api/v1/options.pb.h"
#include "puente/labor/v1/occupation.pb.h"
#include "puente/labor/v1/occupation_tool.pb.h"

namespace puente::labor {
namespace {

using Layout = VocabularyLoader::Layout;
using loading::Breaks;
using loading::Wrong;
using Values = absl::Span<const absl::string_view>;

// "11-1011.00"
bool IsSocCode(absl::string_view text) {
  constexpr absl::string_view kForm = "99-9999.99";
  if (text.size() != kForm.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (kForm[i] == '9' ? !absl::ascii_isdigit(text[i]) : text[i] != kForm[i]) return false;
  }
  return true;
}

bool IsCommodity(absl::string_view text) {
  return text.size() == 8 && absl::c_all_of(text, absl::ascii_isdigit);
}

// The required text of a field, as long as its contract allows.
template <class M>
Wrong SetField(absl::string_view value, const char* field, std::string& out) {
  if (value.empty()) return Breaks(puente::rule::kRequired);
  const auto& rules =
      M::descriptor()->FindFieldByName(field)->options().GetExtension(api::v1::rules);
  return loading::SetText(value, static_cast<size_t>(rules.max_length()), out);
}

Wrong SetFlag(absl::string_view value, bool& out) {
  out = value == "Y";
  return out || value == "N" ? nullptr : Breaks(rule::kYesOrNo);
}

// Reports what is wrong with a column, if anything.
void Check(size_t column, const Wrong& wrong, Layout::RejectColumn reject) {
  if (wrong != nullptr) reject(column, *wrong);
}

std::string OccupationName(const VocabularyOptions& options, absl::string_view code) {
  return absl::StrCat(options.release.name(), "/occupations/", rules::OccupationId(code));
}

template <class M>
M& NewTerm(const VocabularyOptions& options, Term& term) {
  auto message = std::make_unique<M>();
  message->set_source(options.release.source());
  message->set_record_kind(options.release.record_kind());
  M& made = *message;
  term.message = std::move(message);
  return made;
}

void ReadOccupation(const VocabularyOptions& options, Values values, Term& term,
                    Layout::RejectColumn reject) {
  auto& occupation = NewTerm<v1::Occupation>(options, term);
  if (!IsSocCode(values[0])) reject(0, Against(rule::kSocCode));
  occupation.set_code(std::string(values[0]));
  term.id = rules::OccupationId(values[0]);
  occupation.set_name(OccupationName(options, values[0]));
  Check(1, SetField<v1::Occupation>(values[1], "label_en", *occupation.mutable_label_en()), reject);
  Check(2,
        SetField<v1::Occupation>(values[2], "description_en", *occupation.mutable_description_en()),
        reject);
}

void ReadTool(const VocabularyOptions& options, Values values, Term& term,
              Layout::RejectColumn reject) {
  auto& use = NewTerm<v1::OccupationTool>(options, term);
  if (!IsSocCode(values[0])) reject(0, Against(rule::kSocCode));
  use.set_occupation(OccupationName(options, values[0]));
  Check(1, SetField<v1::OccupationTool>(values[1], "tool", *use.mutable_tool()), reject);
  if (!IsCommodity(values[2])) reject(2, Against(rule::kCommodityCode));
  use.set_commodity_code(std::string(values[2]));
  Check(3,
        SetField<v1::OccupationTool>(values[3], "commodity_title", *use.mutable_commodity_title()),
        reject);
  bool flag = false;
  Check(4, SetFlag(values[4], flag), reject);
  use.set_us_hot_technology(flag);
  Check(5, SetFlag(values[5], flag), reject);
  use.set_us_in_demand(flag);
  term.id = absl::StrCat("t", loading::RecordId(loading::IdentityOf({values[0]}, use.tool()), 1));
  use.set_name(absl::StrCat(options.release.name(), "/tools/", term.id));
}

const Layout& LayoutOf(v1::VocabularyLayout layout) {
  static const Layout occupations{
      "ONET_OCCUPATION_DATA", {"O*NET-SOC Code", "Title", "Description"}, &ReadOccupation};
  static const Layout tools{"ONET_TECHNOLOGY_SKILLS",
                            {"O*NET-SOC Code", "Example", "Commodity Code", "Commodity Title",
                             "Hot Technology", "In Demand"},
                            &ReadTool};
  return layout == v1::VOCABULARY_LAYOUT_ONET_OCCUPATION_DATA ? occupations : tools;
}

}  // namespace

VocabularyLoader::VocabularyLoader(VocabularyOptions options)
    : options_(std::move(options)),
      layout_(LayoutOf(options_.layout)),
      file_({'\t', 0, options_.size_bytes, options_.locale}, *this) {}

absl::Status VocabularyLoader::Finish() {
  RETURN_IF_ERROR(file_.Finish());
  batches_.End();
  return absl::OkStatus();
}

v1::LoadVocabularyResponse VocabularyLoader::Summary() const {
  auto summary = file_.Summary<v1::LoadVocabularyResponse>();
  // Terms are rejected later than rows.
  absl::c_stable_sort(*summary.mutable_errors(),
                      [](const auto& a, const auto& b) { return a.line() < b.line(); });
  return summary;
}

absl::Status VocabularyLoader::OnHeader(absl::Span<const absl::string_view> names) {
  ASSIGN_OR_RETURN(places_, loading::FindColumns(names, layout_.columns, layout_.name));
  return absl::OkStatus();
}

absl::Status VocabularyLoader::OnRow(const loading::CsvRow& row) {
  if (++rows_ > kMostRows) {
    return Error(puente::error::kFileTooLarge, "limit"_is(kMostRows));
  }
  std::vector<absl::string_view> values;
  for (const size_t place : places_) {
    values.push_back(Trim(row.fields[place]));
  }
  Term term{row.line, "", std::string(values[0]), nullptr};
  std::vector<type::v1::RowError> errors;
  const auto reject = [&](size_t column, const Violation& why) {
    errors.push_back(loading::MakeRowError(row.line, layout_.columns[column], values[column], why,
                                           options_.locale));
  };
  layout_.read(options_, values, term, reject);
  if (!errors.empty()) {
    file_.Reject(std::move(errors));
    return absl::OkStatus();
  }
  if (occurrences_.Count(crypto::Sha256(term.id)) > 1) {
    file_.Reject(row.line, layout_.columns[0], values[0], Against(puente::rule::kRowRepeated));
    return absl::OkStatus();
  }
  batches_.Add(std::move(term));
  return absl::OkStatus();
}

}  // namespace puente::labor
