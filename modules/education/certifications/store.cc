#include "modules/education/certifications/store.h"

#include "common/context/values.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"
#include "modules/education/certifications/resource.h"
#include "modules/education/errors.h"

namespace puente::education::store {
namespace {

constexpr sql::Query kGuard{"education.certifier.guard",
                            "INSERT INTO certifier (name, guard, reason) VALUES (?, 1, '')"
                            " ON DUPLICATE KEY UPDATE guard = guard + 1"};
constexpr sql::Query kExit{"education.certifier.exit",
                           "SELECT state_date, teach_out_date, reason FROM certifier"
                           " WHERE name = ? AND state_date IS NOT NULL"};
constexpr sql::Query kLeave{
    "education.certifier.leave",
    "UPDATE certifier SET state_date = ?, teach_out_date = ?, reason = ? WHERE name = ?"};

}  // namespace

absl::StatusOr<std::vector<v1::Certification>> CertificationsOf(sql::Session& session,
                                                                const std::string& version) {
  return resource::Select(session, Certifications(), "education.certification.of_version",
                          "FORCE INDEX (by_version) WHERE microcredential_version = ? ORDER BY id",
                          {version});
}

absl::StatusOr<std::vector<v1::Certification>> SomeOf(sql::Session& session,
                                                      const std::string& certifier,
                                                      absl::CivilDay from) {
  for (const auto state : {v1::CERTIFICATION_STATE_ACTIVE, v1::CERTIFICATION_STATE_SUSPENDED}) {
    ASSIGN_OR_RETURN(
        auto some, resource::Select(session, Certifications(), "education.certification.some_open",
                                    "FORCE INDEX (by_state) WHERE certifier = ? AND state = ?"
                                    " ORDER BY id LIMIT 100",
                                    {certifier, int{state}}));
    if (!some.empty()) return some;
  }
  // One with a teach-out date was withdrawn after the body had left, and has been ended before.
  return resource::Select(
      session, Certifications(), "education.certification.some_withdrawn",
      "FORCE INDEX (by_state) WHERE certifier = ? AND state = ?"
      " AND state_date > ? AND teach_out_date IS NULL ORDER BY id LIMIT 100",
      {certifier, int{v1::CERTIFICATION_STATE_WITHDRAWN}, absl::FormatCivilTime(from)});
}

absl::StatusOr<std::optional<Exit>> ReadExit(sql::Session& session, const std::string& certifier) {
  std::optional<Exit> exit;
  RETURN_IF_ERROR(session.Each(kExit, {certifier}, [&](const sql::Row& row) {
    exit = {row.Day(0), row.Day(1), row.Text(2)};
    return absl::OkStatus();
  }));
  return exit;
}

absl::Status CheckNotLeft(journal::Transaction& tx, const std::string& certifier) {
  RETURN_IF_ERROR(tx.Execute(kGuard, {certifier}).status());
  ASSIGN_OR_RETURN(const std::optional<Exit> exit, ReadExit(tx, certifier));
  if (!exit.has_value()) return absl::OkStatus();
  return Error(error::kCertifierLeft, "certifier"_is(certifier),
               "day"_is(absl::FormatCivilTime(exit->state_date)));
}

absl::Status Leave(journal::Transaction& tx, const std::string& certifier, const Exit& exit) {
  RETURN_IF_ERROR(CheckNotLeft(tx, certifier));
  return tx
      .Execute(kLeave, {absl::FormatCivilTime(exit.state_date),
                        absl::FormatCivilTime(exit.teach_out_date), exit.reason, certifier})
      .status();
}

}  // namespace puente::education::store
