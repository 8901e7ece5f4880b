#include "gateway/figure_tables/tables.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/extracts/code_lists.h"
#include "common/extracts/reading.h"
#include "common/releases/telling.h"
#include "common/status/macros.h"
#include "gateway/figure_tables/lists.h"
#include "gateway/figure_tables/waiting.h"
#include "puente/gateway/v1/decision.pb.h"
#include "puente/type/v1/record.pb.h"

namespace puente::gateway {
namespace {

using extracts::Reading;

constexpr absl::string_view kDecisions = "CL_DECISION";

// Those that count, or are under appeal: IN_FORCE (2), UNDER_APPEAL (4) and UPHELD (5).
constexpr sql::Query kCounts{"gateway.figures.decisions",
                             "SELECT certifier, kind, record_kind, COUNT(*) FROM decision"
                             " WHERE state IN (2, 4, 5) GROUP BY certifier, kind, record_kind"};

// In the order of their numbers, from 1 on.
extracts::CodeList DecisionList() {
  return {kDecisions,
          {"Dictámenes", "Decisions"},
          {{"CERTIFY", {"Certifica", "Certifies"}},
           {"RETURN", {"Devuelve", "Returns"}},
           {"REJECT", {"Rechaza", "Rejects"}},
           {"SUSPEND", {"Suspende", "Suspends"}},
           {"RESUME", {"Reanuda", "Resumes"}},
           {"RENEW", {"Renueva", "Renews"}},
           {"WITHDRAW", {"Retira", "Withdraws"}}}};
}

// What changes a certification shows in the certification, which everybody can read. What refuses
// one is told to the organization alone.
bool IsPublic(int64_t kind) {
  return kind != v1::DECISION_KIND_RETURN && kind != v1::DECISION_KIND_REJECT;
}

absl::Status ReadCertifications(Reading& reading) {
  static const auto* const decisions = new extracts::CodeList(DecisionList());
  static const auto* const kinds = new extracts::CodeList(RecordKindList());
  ASSIGN_OR_RETURN(std::vector<std::string> certifiers, NameCertifiers(reading));
  extracts::Sums sums;
  sums.Add({extracts::kAll, extracts::kAll, extracts::kAll}, 0);  // none is a count, too
  RETURN_IF_ERROR(reading.session.Each(kCounts, {}, [&](const sql::Row& row) {
    if (!IsPublic(row.Int64(1))) return absl::OkStatus();
    sums.Add({absl::StrCat("certifiers/", row.Text(0)), extracts::CodeOf(*decisions, row.Int64(1)),
              extracts::CodeOf(*kinds, row.Int64(2))},
             row.Int64(3));
    return absl::OkStatus();
  }));
  sums.Tell(reading);
  certifiers.push_back(extracts::kAll);
  const auto hide = [&](std::vector<std::string> codes) {
    reading.Add(std::move(codes), {releases::Untold(type::v1::MARK_SUPPRESSED)});
  };
  for (const std::string& certifier : certifiers) {
    for (const char* hidden : {"RETURN", "REJECT"}) {
      for (const extracts::Code& kind : kinds->codes) {
        hide({certifier, hidden, kind.code});
      }
      hide({certifier, hidden, extracts::kAll});
    }
  }
  return absl::OkStatus();
}

}  // namespace

extracts::Tables FigureTables() {
  return {
      {{.name = "certifications",
        .title = {"Dictámenes de los certificadores", "Decisions of certification bodies"},
        .note =
            {"Dictámenes vigentes, por certificador, lo que deciden y clase de registro: de "
             "este servicio no se fija qué clase cuenta. Lo que cambia una certificación es "
             "público; lo que se devuelve o rechaza se dice solo a la institución, está marcado "
             "como oculto y no está en los totales. Otra combinación sin renglón no tiene "
             "dictámenes.",
             "Decisions in force, by body, what they decide, and kind of record: of this "
             "service's records none is set to count. What changes a certification is public; "
             "what returns or rejects is told to the organization alone, is marked as withheld, "
             "and is in no total. Any other combination without a row has no decisions."},
        .dimensions = {CertifierDimension(),
                       {"DECISION", {"Dictamen", "Decision"}, kDecisions},
                       RecordKindDimension()},
        .measures = {{"DECISIONS", {"Dictámenes", "Decisions"}, "DECISIONS"}},
        .read = &ReadCertifications},
       WaitingTable()},
      {CertifierList(), DecisionList(), RecordKindList()}};
}

}  // namespace puente::gateway
