#include "gateway/figure_tables/waiting.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/disclosure/table.h"
#include "common/extracts/code_lists.h"
#include "common/extracts/reading.h"
#include "common/releases/telling.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "gateway/figure_tables/lists.h"
#include "puente/gateway/v1/decision.pb.h"

namespace puente::gateway {
namespace {

using extracts::kAll;
using extracts::Reading;

// When a submission came and was first certified, whatever was decided of it since. What carries
// over a certification waits for nobody; RECORDING (1) and NOT_RECORDED (3) certify nothing.
const std::string& CertifiedText() {
  static const auto* const text = new std::string(
      absl::StrCat("SELECT s.certifier, s.organization, s.record_kind, ",
                   sql::Micros("s.create_time"), ", ", sql::Micros("MIN(d.create_time)"),
                   " FROM decision AS d JOIN submission AS s ON s.certifier = d.certifier"
                   " AND s.id = SUBSTRING_INDEX(d.submission, '/', -1)"
                   " WHERE d.kind = ? AND d.state NOT IN (1, 3) AND d.carries_over = ''"
                   " GROUP BY s.certifier, s.id, s.organization, s.record_kind, s.create_time"));
  return *text;
}

std::string QuarterOf(absl::CivilDay day) {
  return absl::StrCat(day.year(), "-Q", (day.month() + 2) / 3);
}

// How many submissions were certified, and how long all of them had waited.
struct Waited {
  int64_t count = 0;
  int64_t days = 0;

  void Add(const Waited& more) {
    count += more.count;
    days += more.days;
  }
};

struct Waiting {
  std::map<std::string, Waited> by_organization;

  void Add(const Waiting& more) {
    for (const auto& [organization, waited] : more.by_organization) {
      by_organization[organization].Add(waited);
    }
  }
  Waited all() const {
    Waited sum;
    for (const auto& [organization, waited] : by_organization) sum.Add(waited);
    return sum;
  }
  // When something was submitted is the organization's business and the body's. Both figures are
  // told, so neither may be mostly one organization's, nor nearly all of three.
  bool may_be_told() const {
    disclosure::Sum counts, days;
    for (const auto& [organization, waited] : by_organization) {
      const int32_t number = counts.contributors;
      counts.Add({number, waited.count});
      days.Add({number, waited.days});
    }
    return disclosure::Rule{.least = 0, .least_total = 10}.Allows(counts) &&
           disclosure::Rule{.least = 0}.Allows(days);
  }
};

// Each body that is not told may subtract its own from the total: what is left of the others that
// are not must be fit to be told. Then what all of them have together is, too.
bool TotalMayBeTold(const std::vector<const Waiting*>& hidden) {
  return absl::c_all_of(hidden, [&](const Waiting* own) {
    Waiting others;
    for (const Waiting* one : hidden) {
      if (one != own) others.Add(*one);
    }
    return others.may_be_told();
  });
}

// What is told in one quarter: of it nothing changes any more, so that no later report is to be
// subtracted from an earlier one.
void TellQuarter(const std::string& quarter, const std::string& kind,
                 const std::map<std::string, Waiting>& by_certifier, Reading& reading) {
  const auto add = [&](const std::string& certifier, const Waiting& waiting, bool told) {
    const auto figure = [&](int64_t value) {
      return told ? releases::Told(value) : releases::Untold(type::v1::MARK_SUPPRESSED);
    };
    const Waited sum = waiting.all();
    reading.Add({certifier, quarter, kind}, {figure(sum.count), figure(sum.days)});
  };
  Waiting all;
  std::vector<const Waiting*> hidden;
  for (const auto& [certifier, waiting] : by_certifier) {
    all.Add(waiting);
    const bool told = waiting.may_be_told();
    if (!told) hidden.push_back(&waiting);
    add(certifier, waiting, told);
  }
  add(kAll, all, TotalMayBeTold(hidden));
}

absl::Status ReadWaiting(Reading& reading) {
  static const auto* const kinds = new extracts::CodeList(RecordKindList());
  RETURN_IF_ERROR(NameCertifiers(reading).status());
  const std::string open = QuarterOf(reading.day);
  // By quarter and kind of record, and by body.
  std::map<std::pair<std::string, std::string>, std::map<std::string, Waiting>> quarters;
  RETURN_IF_ERROR(reading.session.Each(
      sql::Query{"gateway.figures.waiting", CertifiedText()},
      {static_cast<int>(v1::DECISION_KIND_CERTIFY)}, [&](const sql::Row& row) {
        const absl::Time submitted = absl::FromUnixMicros(row.Int64(3)),
                         certified = absl::FromUnixMicros(row.Int64(4));
        const std::string quarter = QuarterOf(LegalDay(certified));
        if (quarter >= open) return absl::OkStatus();
        Waiting& waiting = quarters[{quarter, extracts::CodeOf(*kinds, row.Int64(2))}]
                                   [absl::StrCat("certifiers/", row.Text(0))];
        waiting.by_organization[row.Text(1)].Add({1, LegalDay(certified) - LegalDay(submitted)});
        return absl::OkStatus();
      }));
  for (const auto& [which, by_certifier] : quarters) {
    TellQuarter(which.first, which.second, by_certifier, reading);
  }
  return absl::OkStatus();
}

}  // namespace

extracts::Table WaitingTable() {
  return {.name = "certification-waiting",
          .title = {"Días hasta la certificación", "Days until certification"},
          .note = {"Solicitudes que se certificaron en un trimestre que terminó, y los días que "
                   "pasaron de la solicitud al dictamen, sumados, por certificador y clase de "
                   "registro. Se dicen las de diez solicitudes o más de cuatro instituciones o "
                   "más, ninguna con más de 80 % de ellas ni de los días; las demás, y los "
                   "totales de los que saldrían, están marcadas como ocultas. Un certificador sin "
                   "renglón no certificó nada por primera vez en el trimestre; lo que continúa una "
                   "certificación no cuenta. Los trimestres no tienen total.",
                   "Submissions that were certified in a quarter that has ended, and the days "
                   "from submission to decision, added up, by body and kind of record. Those of "
                   "ten submissions or more by four organizations or more, none with more than "
                   "80 % of them or of the days, are told; others, and the totals from which they "
                   "would follow, are marked as withheld. A body without a row has certified "
                   "nothing for the first time in the quarter; what carries over a certification "
                   "does not count. Quarters have no total."},
          .dimensions = {CertifierDimension(),
                         extracts::Period({"Trimestre del dictamen", "Quarter of the decision"}),
                         RecordKindDimension()},
          .measures = {{"CERTIFIED",
                        {"Solicitudes certificadas", "Certified submissions"},
                        "DECISIONS"},
                       {"DAYS", {"Días de espera, sumados", "Days waited, added up"}, "DAYS"}},
          .read = &ReadWaiting};
}

}  // namespace puente::gateway
