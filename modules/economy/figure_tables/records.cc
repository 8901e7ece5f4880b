#include <string>

#include "absl/strings/str_cat.h"
#include "common/extracts/code_lists.h"
#include "common/extracts/reading.h"
#include "common/status/macros.h"
#include "modules/economy/demand_statements/resource.h"
#include "modules/economy/figure_tables/tables.h"

namespace puente::economy {
namespace {

using extracts::Reading;

constexpr absl::string_view kSectorTables = "CL_SECTOR_TABLE";
constexpr absl::string_view kAgreementStates = "CL_AGREEMENT_STATE";
constexpr absl::string_view kProposalKinds = "CL_PROPOSAL_KIND";
constexpr absl::string_view kProposalStates = "CL_PROPOSAL_STATE";

constexpr sql::Query kLabels{"economy.figures.sector_tables",
                             "SELECT id, label_es, label_en FROM sector_table"};
// A session is one of a sector table: "sectorTables/automotive/sessions/1".
constexpr sql::Query kAgreements{
    "economy.figures.agreements",
    "SELECT SUBSTRING_INDEX(session, '/', 2) AS sector_table, state, COUNT(*) FROM agreement"
    " WHERE record_kind = ? GROUP BY sector_table, state"};
constexpr sql::Query kProposals{"economy.figures.proposals",
                                "SELECT kind, state, COUNT(*) FROM proposal WHERE record_kind = ?"
                                " GROUP BY kind, state"};

// In the order of their numbers, from 1 on.
extracts::CodeList AgreementStateList() {
  return {kAgreementStates,
          {"Estados de los acuerdos", "States of agreements"},
          {{"OPEN", {"Por comenzar", "Open"}},
           {"IN_PROGRESS", {"En curso", "In progress"}},
           {"OVERDUE", {"Vencido", "Overdue"}},
           {"DONE", {"Cumplido según su responsable", "Done, its owner says"}},
           {"DROPPED", {"Abandonado", "Dropped"}}}};
}
extracts::CodeList ProposalKindList() {
  return {kProposalKinds,
          {"Tipos de propuesta", "Kinds of proposal"},
          {{"NEW_MICROCREDENTIAL", {"Microcredencial nueva", "New microcredential"}},
           {"CHANGED_PROGRAM", {"Cambio de un programa", "Changed program"}},
           {"TEACHERS_TRAINED", {"Formación de docentes", "Teachers trained"}},
           {"SHARED_WORKSHOP", {"Taller compartido", "Shared workshop"}},
           {"DUAL_PLACES", {"Lugares de formación dual", "Places of dual education"}}}};
}
extracts::CodeList ProposalStateList() {
  return {kProposalStates,
          {"Estados de las propuestas", "States of proposals"},
          {{"SUBMITTED", {"Presentada", "Submitted"}},
           {"IN_REVIEW", {"En revisión", "In review"}},
           {"ADOPTED", {"Adoptada", "Adopted"}},
           {"DECLINED", {"Rechazada", "Declined"}},
           {"IMPLEMENTED", {"Realizada", "Implemented"}}}};
}

absl::Status ReadAgreements(Reading& reading) {
  static const auto* const states = new extracts::CodeList(AgreementStateList());
  RETURN_IF_ERROR(NameSectorTables(reading));
  extracts::Sums sums;
  sums.Add({extracts::kAll, extracts::kAll}, 0);  // none is a count, too
  RETURN_IF_ERROR(
      reading.session.Each(kAgreements, {static_cast<int>(reading.kind)}, [&](const sql::Row& row) {
        sums.Add({extracts::OrNotSaid(row.Text(0)), extracts::CodeOf(*states, row.Int64(1))},
                 row.Int64(2));
        return absl::OkStatus();
      }));
  sums.Tell(reading);
  return absl::OkStatus();
}

absl::Status ReadProposals(Reading& reading) {
  static const auto* const kinds = new extracts::CodeList(ProposalKindList());
  static const auto* const states = new extracts::CodeList(ProposalStateList());
  extracts::Sums sums;
  sums.Add({extracts::kAll, extracts::kAll}, 0);  // none is a count, too
  RETURN_IF_ERROR(
      reading.session.Each(kProposals, {static_cast<int>(reading.kind)}, [&](const sql::Row& row) {
        sums.Add({extracts::CodeOf(*kinds, row.Int64(0)), extracts::CodeOf(*states, row.Int64(1))},
                 row.Int64(2));
        return absl::OkStatus();
      }));
  sums.Tell(reading);
  return absl::OkStatus();
}

}  // namespace

extracts::Dimension SectorTableDimension() {
  return {"SECTOR_TABLE", {"Mesa sectorial", "Sector table"}, kSectorTables};
}

absl::Status NameSectorTables(Reading& reading) {
  return reading.session.Each(kLabels, {}, [&](const sql::Row& row) {
    reading.Name(kSectorTables, absl::StrCat("sectorTables/", row.Text(0)),
                 {row.Text(1), row.Text(2)});
    return absl::OkStatus();
  });
}

void AddRecordTables(extracts::Tables& tables) {
  tables.code_lists.push_back({kSectorTables, {"Mesas sectoriales", "Sector tables"}});
  tables.code_lists.push_back(AgreementStateList());
  tables.code_lists.push_back(ProposalKindList());
  tables.code_lists.push_back(ProposalStateList());
  tables.tables.push_back(
      {.name = "agreements",
       .title = {"Acuerdos de las mesas", "Agreements of sector tables"},
       .note = {"Acuerdos de las mesas sectoriales, por mesa y estado. Cada acuerdo es público y "
                "nada se oculta: una combinación sin renglón no tiene acuerdos.",
                "Agreements of sector tables, by table and state. Each agreement is public, and "
                "nothing is hidden: a combination without a row has no agreements."},
       .dimensions = {SectorTableDimension(),
                      {"AGREEMENT_STATE",
                       {"Estado del acuerdo", "State of the agreement"},
                       kAgreementStates}},
       .measures = {{"AGREEMENTS", {"Acuerdos", "Agreements"}, "RECORDS"}},
       .counted = &DemandStatements(),
       .read = &ReadAgreements});
  tables.tables.push_back(
      {.name = "proposals",
       .title = {"Propuestas", "Proposals"},
       .note = {"Propuestas a Economía, por tipo y estado. Cada propuesta es pública y nada se "
                "oculta: una combinación sin renglón no tiene propuestas.",
                "Proposals to Economy, by kind and state. Each proposal is public, and nothing is "
                "hidden: a combination without a row has no proposals."},
       .dimensions = {{"PROPOSAL_KIND", {"Tipo de propuesta", "Kind of proposal"}, kProposalKinds},
                      {"PROPOSAL_STATE",
                       {"Estado de la propuesta", "State of the proposal"},
                       kProposalStates}},
       .measures = {{"PROPOSALS", {"Propuestas", "Proposals"}, "RECORDS"}},
       .counted = &DemandStatements(),
       .read = &ReadProposals});
}

}  // namespace puente::economy
