#include "gateway/compose/provenance.h"

#include <gmock/gmock.h>

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/sql/error.h"
#include "gateway/compose/own_store.h"
#include "gateway/errors.h"
#include "tests/gateway/answers.h"
#include "tests/testing/status.h"

namespace puente::compose {
namespace {

constexpr ErrorSpec kOwn{"DATABASE_UNAVAILABLE", absl::StatusCode::kUnavailable, "labor.puente",
                         "sin base", "no database"};
constexpr ErrorSpec kOwnLate{"DEADLINE_EXCEEDED", absl::StatusCode::kDeadlineExceeded, "puente",
                             "tarde", "late"};
constexpr ErrorSpec kOwnRefusal{"CALLER_REFUSED", absl::StatusCode::kPermissionDenied, "puente",
                                "no", "no"};

TEST(Failure, TellsTheAgencysReasonOrOneOfTheGateways) {
  struct Case {
    const char* name;
    absl::Status status;
    const char* reason;
    const char* domain;
    gateway::v1::SectionState state;
  };
  const Case cases[] = {
      {"no connection", absl::UnavailableError("tcp"), "AGENCY_UNAVAILABLE", "gateway.puente",
       gateway::v1::SECTION_STATE_MISSING},
      {"late", absl::DeadlineExceededError(""), "AGENCY_LATE", "gateway.puente",
       gateway::v1::SECTION_STATE_MISSING},
      {"late by the agency's clock", Error(kOwnLate), "AGENCY_LATE", "gateway.puente",
       gateway::v1::SECTION_STATE_MISSING},
      {"failed", absl::UnknownError("?"), "AGENCY_FAILED", "gateway.puente",
       gateway::v1::SECTION_STATE_MISSING},
      {"its own error", Error(kOwn), "DATABASE_UNAVAILABLE", "labor.puente",
       gateway::v1::SECTION_STATE_MISSING},
      {"refused", Error(kOwnRefusal), "AGENCY_REFUSED", "gateway.puente",
       gateway::v1::SECTION_STATE_DENIED},
      {"not known", absl::UnauthenticatedError(""), "AGENCY_REFUSED", "gateway.puente",
       gateway::v1::SECTION_STATE_DENIED},
  };
  VirtualTimers timers;
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    gateway::v1::Provenance provenance;
    const Call call = CallOf(timers);
    Failed(Explain(Agency::kLabor, c.status, call), call, provenance);
    EXPECT_EQ(provenance.failure().reason(), c.reason);
    EXPECT_EQ(provenance.failure().domain(), c.domain);
    EXPECT_EQ(provenance.state(), c.state);
  }
}

TEST(Failure, IsToldInTheCallersLanguage) {
  VirtualTimers timers;
  Call call = CallOf(timers);
  for (const auto& [locale, text] :
       {std::pair(Locale::kEnglish, "There is no connection to labor; ask again later."),
        std::pair(Locale::kSpanish, "No hay conexión con labor; repita la consulta más tarde.")}) {
    call.locale = locale;
    const absl::Status gone = Explain(Agency::kLabor, absl::UnavailableError(""), call);
    gateway::v1::Provenance provenance;
    Failed(Needs("employment", gone, call), call, provenance);
    EXPECT_TRUE(absl::EndsWith(provenance.failure().message(), text))
        << provenance.failure().message();
  }
}

TEST(Digest, IsOfTheAgencysAnswer) {
  VirtualTimers timers;
  const Call call = CallOf(timers);
  const Asked asked{Agency::kLabor, call, timers.Now(), kStaleAfter};
  gateway::v1::Provenance provenance;
  Answered(Employment(), asked, provenance);
  EXPECT_EQ(provenance.digest(), crypto::Sha256(crypto::Canonical(Employment())));
  auto other = Employment();
  other.set_vacancy_count(121);
  gateway::v1::Provenance changed;
  Answered(other, asked, changed);
  EXPECT_NE(provenance.digest(), changed.digest());
}

// Whatever has been computed, remembered or released: what counts is how long ago somebody made
// sure.
TEST(Figures, AreStaleOnceNobodyHasMadeSureForLong) {
  VirtualTimers timers;
  Call call = CallOf(timers);
  const auto told = [&](const google::protobuf::Message& answer) {
    gateway::v1::Provenance provenance;
    Answered(answer, {Agency::kLabor, call, timers.Now(), absl::Seconds(10)}, provenance);
    return provenance;
  };
  auto employment = Employment();
  *employment.mutable_as_of_time() = ToProto(timers.Now() - absl::Seconds(10));
  EXPECT_EQ(told(employment).state(), gateway::v1::SECTION_STATE_FRESH);
  EXPECT_FALSE(told(employment).has_failure());
  *employment.mutable_as_of_time() = ToProto(timers.Now() - absl::Seconds(11));
  for (const auto& [locale, text] :
       {std::pair(Locale::kEnglish, "labor answers with what it knew at 2026-03-02T11:59:49"),
        std::pair(Locale::kSpanish, "labor responde con lo que sabía el 2026-03-02T11:59:49")}) {
    call.locale = locale;
    const gateway::v1::Provenance stale = told(employment);
    EXPECT_EQ(stale.state(), gateway::v1::SECTION_STATE_STALE);
    EXPECT_EQ(stale.failure().reason(), "AGENCY_STANDS_STILL");
    EXPECT_TRUE(absl::StartsWith(stale.failure().message(), text)) << stale.failure().message();
  }
  // A release may be old; what matters is whether it is known to be the last one.
  auto demand = Demand();
  *demand.mutable_as_of_time() = ToProto(timers.Now() - absl::Hours(24 * 30));
  *demand.mutable_check_time() = ToProto(timers.Now());
  EXPECT_EQ(told(demand).state(), gateway::v1::SECTION_STATE_FRESH);
  *demand.mutable_check_time() = ToProto(timers.Now() - absl::Seconds(11));
  EXPECT_EQ(told(demand).state(), gateway::v1::SECTION_STATE_STALE);
}

// Every dynamic part of a text is metadata, in both languages alike.
TEST(Catalogue, SaysTheSameInBothLanguages) {
  const auto keys = [](absl::string_view text) {
    std::set<std::string> found;
    for (size_t at = text.find('$'); at != text.npos; at = text.find('$', at + 1)) {
      size_t end = at + 1;
      while (end < text.size() && (absl::ascii_isalnum(text[end]) || text[end] == '_')) ++end;
      found.insert(std::string(text.substr(at, end - at)));
    }
    return found;
  };
  for (const ErrorSpec* spec :
       {&error::kAgencyUnavailable, &error::kAgencyLate, &error::kAgencyFailed, &error::kAgencyBusy,
        &error::kAgencyRefused, &error::kNeedsSection, &error::kNoSectorPrefixes, &error::kNoSkills,
        &error::kTooManySkills, &error::kNoDemandStates, &error::kViewCancelled}) {
    SCOPED_TRACE(std::string(spec->reason));
    EXPECT_EQ(keys(spec->es), keys(spec->en));
    EXPECT_FALSE(spec->es.empty() || spec->en.empty());
    EXPECT_EQ(spec->domain, "gateway.puente");
  }
}

TEST(OwnStore, ThatIsAwayLeavesItsSectionMissing) {
  Call call;
  call.start = absl::Now();
  call.deadline = call.start + absl::Seconds(10);
  gateway::v1::Provenance there, away, broken, late;
  ReadOwnStore(call, there, [] { return absl::OkStatus(); });
  EXPECT_EQ(there.agency(), "gateway");
  EXPECT_EQ(there.state(), gateway::v1::SECTION_STATE_FRESH);
  EXPECT_TRUE(there.has_as_of_time());
  const absl::Status gone = Error(sql::error::kUnavailable);
  ASSERT_TRUE(sql::IsUnavailable(gone));
  ReadOwnStore(call, away, [&] { return gone; });
  EXPECT_EQ(away.state(), gateway::v1::SECTION_STATE_MISSING);
  EXPECT_EQ(away.failure().reason(), "DATABASE_UNAVAILABLE");
  EXPECT_FALSE(away.has_as_of_time());
  ReadOwnStore(call, broken, [] { return absl::InternalError("x"); });
  EXPECT_EQ(broken.state(), gateway::v1::SECTION_STATE_MISSING);
  EXPECT_EQ(broken.failure().reason(), "INTERNAL");
  call.start -= absl::Seconds(3);
  ReadOwnStore(call, late, [] { return absl::InternalError("is not read"); });
  EXPECT_EQ(late.failure().reason(), "STATEMENT_TIMEOUT");
}

}  // namespace
}  // namespace puente::compose
