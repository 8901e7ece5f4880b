#include "modules/education/coverage/service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/agency/counted_kinds.h"
#include "common/calls/service.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/journal/projection.h"
#include "common/resource/resource.h"
#include "common/sql/error.h"
#include "modules/education/certifications/resource.h"
#include "modules/education/certifications/store.h"
#include "modules/education/coverage/rules.h"
#include "modules/education/coverage/store.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/organizations/resource.h"
#include "puente/education/v1/certification_coverage.grpc.pb.h"

namespace puente::education::coverage {
namespace {

constexpr char kCount[] = "coverage.count";
// A row that is being worked on, or has failed, is claimed for some minutes ahead.
constexpr sql::Query kToCount{"education.coverage.to_count",
                              "SELECT EXISTS (SELECT 1 FROM due WHERE kind = ?"
                              " AND claim_time <= UTC_TIMESTAMP(6) + INTERVAL 6 MINUTE"
                              " AND due_time <= UTC_TIMESTAMP(6))"};
constexpr char kCollection[] = "microcredentials/";
constexpr char kNewest[] =
    "WHERE microcredential = ? AND state = ? AND record_kind = ? ORDER BY number DESC LIMIT 1";

std::string OrNone(absl::string_view value) { return std::string(value.empty() ? kNone : value); }

// Whose a version is; nobody's where it is one of the ministry.
absl::StatusOr<v1::Organization> OwnerOf(sql::Session& session, const std::string& organization) {
  if (organization.empty()) return v1::Organization();
  return resource::Get(session, Organizations(), organization, "organization");
}

// What is to count of a microcredential, and the next day on which that changes by itself. Nothing
// of who has withdrawn is to be certified any more.
struct Count {
  Counted counted;
  std::optional<absl::CivilDay> next;
};
absl::StatusOr<std::optional<Count>> CountNow(sql::Session& session, absl::CivilDay today,
                                              type::v1::RecordKind kind, const std::string& id) {
  ASSIGN_OR_RETURN(
      const auto newest,
      resource::Select(session, MicrocredentialVersions(), "education.version.newest", kNewest,
                       {id, int{v1::MICROCREDENTIAL_STATE_PUBLISHED}, int{kind}}));
  if (newest.empty()) return std::nullopt;
  const v1::MicrocredentialVersion& version = newest.front();
  ASSIGN_OR_RETURN(const auto ids, MicrocredentialVersions().pattern().Parse(version.name()));
  ASSIGN_OR_RETURN(const v1::Organization owner, OwnerOf(session, version.organization()));
  if (owner.state() == v1::ORGANIZATION_STATE_WITHDRAWN) return std::nullopt;
  const std::string& state = owner.state_code();
  ASSIGN_OR_RETURN(const auto certifications, store::CertificationsOf(session, version.name()));
  const Condition condition =
      ConditionOn(today, LegalDay(FromProto(version.publish_time())), state, certifications);
  Count count;
  if (!absl::SimpleAtoi(ids[1], &count.counted.number)) {
    return Error(sql::error::kRowCorrupt, "column"_is("number"));
  }
  count.counted.cell = {OrNone(version.level()), OrNone(state),
                        OrNone(absl::StripPrefix(version.sector_table(), "sectorTables/"))};
  count.counted.certified = condition.certified;
  count.counted.since = condition.since;
  count.next = condition.next;
  return count;
}

// What is counted rests on rows whose changes all have it counted again: then this is not stored.
absl::StatusOr<due::Next> CountCoverage(const due::Slice& slice) {
  const std::string& id = slice.task.key;
  std::vector<std::function<absl::Status(journal::Transaction&)>> writes;
  std::optional<absl::CivilDay> next;
  for (const auto kind : {type::v1::RECORD_KIND_REAL, type::v1::RECORD_KIND_GENERATED}) {
    ASSIGN_OR_RETURN(const std::optional<Count> count,
                     CountNow(slice.session, LegalDay(slice.call.start), kind, id));
    ASSIGN_OR_RETURN(const std::optional<Counted> before, ReadCounted(slice.session, kind, id));
    const auto after = count.has_value() ? std::optional(count->counted) : std::nullopt;
    writes.push_back([kind, id, before, after](journal::Transaction& tx) {
      return Store(tx, kind, id, before, after);
    });
    if (count.has_value() && count->next.has_value())
      next = next.has_value() ? std::min(*next, *count->next) : count->next;
  }
  due::Next then = next.has_value() ? due::Next::At(StartOf(*next), "") : due::Next::Done();
  return std::move(then).Writing([writes](journal::Transaction& tx) -> absl::Status {
    for (const auto& write : writes) RETURN_IF_ERROR(write(tx));
    return absl::OkStatus();
  });
}

template <class Response, class List>
absl::StatusOr<Response> Figures(sql::Session& snapshot, absl::CivilDay day, const List& list) {
  ASSIGN_OR_RETURN(const std::string token, journal::HeadToken(snapshot, "education"));
  ASSIGN_OR_RETURN(const type::v1::RecordKind kind,
                   agency::CountedKind(snapshot, MicrocredentialVersions(), day));
  ASSIGN_OR_RETURN(Response response, list(kind));
  ASSIGN_OR_RETURN(const int64_t to_count, snapshot.Number(kToCount, {kCount}));
  response.set_incomplete(to_count > 0);
  response.set_record_kind(kind);
  response.set_freshness_token(token);
  return response;
}

absl::StatusOr<v1::ListCertificationCoverageResponse> ListCertificationCoverage(
    sql::Session& snapshot, absl::CivilDay day,
    const v1::ListCertificationCoverageRequest& request) {
  return Figures<v1::ListCertificationCoverageResponse>(
      snapshot, day, [&](type::v1::RecordKind kind) { return ListCells(snapshot, kind, request); });
}

absl::StatusOr<v1::ListUncertifiedVersionsResponse> ListUncertifiedVersions(
    sql::Session& snapshot, absl::CivilDay day, const v1::ListUncertifiedVersionsRequest& request) {
  return Figures<v1::ListUncertifiedVersionsResponse>(
      snapshot, day,
      [&](type::v1::RecordKind kind) { return ListUncertified(snapshot, day, kind, request); });
}

}  // namespace

absl::Status CountSoon(journal::Transaction& tx, absl::string_view of) {
  of = absl::StripPrefix(of, kCollection);
  return due::Schedule(tx, {kCount, std::string(of.substr(0, of.find('/'))), ""});
}

void Serve(calls::Host& host, due::Scheduler& due) {
  calls::Service& service = host.Serve<v1::CertificationCoverageService>();
  service.ReadFigures<&ListCertificationCoverage>();
  service.ReadFigures<&ListUncertifiedVersions>();
  due.Handle(kCount, &CountCoverage);
}

}  // namespace puente::education::coverage
