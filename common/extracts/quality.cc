#include "common/extracts/quality.h"

#include <string>

#include "common/extracts/code_lists.h"
#include "common/extracts/reading.h"
#include "common/releases/telling.h"
#include "common/status/macros.h"
#include "puente/api/v1/references.pb.h"

namespace puente::extracts {
namespace {

constexpr absl::string_view kKinds = "CL_RECORD_QUALITY";

// How many references there are to names that were found to be each.
constexpr sql::Query kReferences{
    "figure_extract.references",
    "SELECT n.resolution, COUNT(*) FROM foreign_reference AS r JOIN foreign_name AS n"
    " ON n.id = r.name_id GROUP BY n.resolution"};

const char* KindOf(int64_t resolution) {
  switch (resolution) {
    case api::v1::RESOLUTION_FOUND:
      return "FOUND";
    case api::v1::RESOLUTION_MISSING:
      return "MISSING";
    case api::v1::RESOLUTION_UNKNOWN:
      return "UNKNOWN";
    default:
      return "UNCHECKED";
  }
}

absl::Status Read(Reading& reading) {
  Sums sums;
  for (const char* kind : {"FOUND", "MISSING", "UNKNOWN", "UNCHECKED"}) sums.Add({kind}, 0);
  RETURN_IF_ERROR(reading.session.Each(kReferences, {}, [&](const sql::Row& row) {
    sums.Add({KindOf(row.Int64(0))}, row.Int64(1));
    return absl::OkStatus();
  }));
  sums.Tell(reading);
  return absl::OkStatus();
}

}  // namespace

Tables RecordQuality() {
  return {
      {{.name = "record-quality",
        .title = {"Calidad de los registros", "Quality of records"},
        .note = {"Referencias de los registros de este servicio a los de otros, por lo que se "
                 "encontró: reales y generados. Nada se oculta. Las que aún no se buscan no son "
                 "errores.",
                 "References of this service's records to those of others, by what was found: "
                 "real and generated ones. Nothing is hidden. Those not looked up yet are no "
                 "errors."},
        .dimensions = {{"KIND", {"Qué se encontró", "What was found"}, kKinds}},
        .measures = {{"REFERENCES", {"Referencias", "References"}, "RECORDS"}},
        .absent_is_zero = true,
        .read = &Read}},
      {{kKinds,
        {"Lo que se encontró de una referencia", "What a reference was found to be"},
        {{"FOUND", {"Existe", "There"}},
         {"MISSING", {"No existe", "Not there"}},
         {"UNKNOWN", {"No se puede saber", "Can't be known"}},
         {"UNCHECKED", {"Aún no se busca", "Not looked up yet"}}}}}};
}

}  // namespace puente::extracts
