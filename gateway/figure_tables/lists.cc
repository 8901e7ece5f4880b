#include "gateway/figure_tables/lists.h"

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"

namespace puente::gateway {
namespace {

constexpr sql::Query kLabels{"gateway.figures.certifiers",
                             "SELECT id, label_es, label_en FROM certifier"};

}  // namespace

extracts::CodeList CertifierList() {
  return {kCertifierList, {"Certificadores", "Certification bodies"}};
}

extracts::CodeList RecordKindList() {
  return {kRecordKindList,
          {"Clase de registro", "Kind of record"},
          {{"REAL", {"Real", "Real"}}, {"GENERATED", {"Generado", "Generated"}}}};
}

extracts::Dimension CertifierDimension() {
  return {"CERTIFIER", {"Certificador", "Certification body"}, kCertifierList};
}

extracts::Dimension RecordKindDimension() {
  return {"RECORD_KIND", {"Clase de registro", "Kind of record"}, kRecordKindList};
}

absl::StatusOr<std::vector<std::string>> NameCertifiers(extracts::Reading& reading) {
  std::vector<std::string> certifiers;
  RETURN_IF_ERROR(reading.session.Each(kLabels, {}, [&](const sql::Row& row) {
    certifiers.push_back(absl::StrCat("certifiers/", row.Text(0)));
    reading.Name(kCertifierList, certifiers.back(), {row.Text(1), row.Text(2)});
    return absl::OkStatus();
  }));
  return certifiers;
}

}  // namespace puente::gateway
