// Economy as its tests of sessions, agreements and proposals see it: parties that call it, and a
// sector table with a held session, two companies and two chambers.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "modules/economy/module.h"
#include "puente/economy/v1/agreement.grpc.pb.h"
#include "puente/economy/v1/chamber.grpc.pb.h"
#include "puente/economy/v1/company.grpc.pb.h"
#include "puente/economy/v1/consent.grpc.pb.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/economy/v1/proposal.grpc.pb.h"
#include "puente/economy/v1/school_call.grpc.pb.h"
#include "puente/economy/v1/school_response.grpc.pb.h"
#include "puente/economy/v1/sector_table.grpc.pb.h"
#include "puente/economy/v1/table_session.grpc.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"
#include "tests/testing/text.h"

namespace puente::economy::testing {

inline constexpr char kEconomy[] = "agency/economy";
// What the agency has to say of each record.
inline constexpr char kProvenance[] = R"( source: "test" record_kind: RECORD_KIND_REAL )";

using ::puente::testing::Of;

// "year: 2027 month: 3 day: 1" of 2027-03-01.
inline std::string Day(int year, int month = 1, int day = 1) {
  return absl::StrCat("year: ", year, " month: ", month, " day: ", day);
}

// Somebody who calls Economy; the ministry itself acts by an officer. With an `original` he is the
// gateway, which calls for that one.
class Party {
 public:
  Party(const sql::Target& database, const std::string& caller)
      : caller_(caller), hosted_(Economy(), database, caller) {}

  template <class Stub, class Request, class Response>
  absl::StatusOr<Response> Ask(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const std::string& request, const std::string& original = "") {
    return Ask(method, Of<Request>(request), original);
  }
  template <class Stub, class Request, class Response>
  absl::StatusOr<Response> Ask(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const Request& request, const std::string& original = "") {
    Stub stub(hosted_.channel());
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    if (caller_ == kEconomy) context.AddMetadata("puente-actor", "officer-1");
    if (caller_ == kEconomy) context.AddMetadata("puente-purpose", "administration");
    if (!original.empty()) context.AddMetadata("puente-original-caller", original);
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return FromGrpc(status);
    return response;
  }

  const std::string& caller() const { return caller_; }

 private:
  const std::string caller_;
  puente::testing::HostedModule hosted_;
};

class Work : public ::testing::Test {
 protected:
  Work() {
    using Stub = v1::ChamberService::Stub;
    for (const char* id : {"a", "b"}) {
      EXPECT_OK(
          economy.Ask(&Stub::CreateChamber,
                      absl::StrCat("chamber_id: '", id, "' chamber { label_es: 'C' label_en: 'C'",
                                   kProvenance, "}")));
    }
    for (const char* id : {"acme", "globex"}) {
      EXPECT_OK(economy.Ask(&v1::CompanyService::Stub::CreateCompany,
                            absl::StrCat("company_id: '", id,
                                         "' company { legal_name: 'E' scian_class: '336110'"
                                         " state_code: '11' size: COMPANY_SIZE_LARGE",
                                         kProvenance, "}")));
    }
    EXPECT_OK(economy.Ask(
        &v1::SectorTableService::Stub::CreateSectorTable,
        absl::StrCat("sector_table_id: 'auto' sector_table { label_es: 'A' label_en: 'A'"
                     " scian_prefixes { prefix: '3361' source: 'test' effective_date {",
                     Day(2020), "} }", kProvenance, "}")));
  }

  absl::StatusOr<v1::TableSession> Plan(const std::string& id, const std::string& day) {
    return economy.Ask(&v1::TableSessionService::Stub::CreateTableSession,
                       absl::StrCat("parent: 'sectorTables/auto' table_session_id: '", id,
                                    "' table_session { title_es: 'Sesión' session_date {", day, "}",
                                    " participants: 'company/acme' participants: 'agency/labor'",
                                    kProvenance, "}"));
  }
  absl::StatusOr<v1::TableSession> Hold(const std::string& id) {
    return economy.Ask(&v1::TableSessionService::Stub::HoldTableSession,
                       absl::StrCat("name: 'sectorTables/auto/sessions/", id, "' minutes: 'Acta'"));
  }
  absl::StatusOr<v1::DemandStatement> State(const std::string& company, const std::string& id,
                                            const std::string& skill = "welding") {
    return economy.Ask(&v1::DemandService::Stub::CreateDemandStatement,
                       absl::StrCat("parent: 'companies/", company, "' demand_statement_id: '", id,
                                    "' demand_statement { skill: 'skills/", skill,
                                    "' heads: 3 start_date {", Day(2027), "} end_date {", Day(2199),
                                    "} state_code: '11' scian_class: '336110'", kProvenance, "}"));
  }
  absl::StatusOr<v1::Consent> Consent(const std::string& company, const std::string& id,
                                      const std::string& chamber, const std::string& acts) {
    return economy.Ask(&v1::ConsentService::Stub::CreateConsent,
                       absl::StrCat("parent: 'companies/", company, "' consent_id: '", id,
                                    "' consent { chamber: 'chambers/", chamber, "' ", acts,
                                    " start_date {", Day(2020), "}", kProvenance, "}"));
  }
  // `more` are fields of the proposal.
  absl::StatusOr<v1::Proposal> Propose(Party& party, const std::string& id,
                                       const std::string& author, const std::string& more = "") {
    return party.Ask(
        &v1::ProposalService::Stub::CreateProposal,
        absl::StrCat("proposal_id: '", id, "' proposal { author: '", author,
                     "' kind: PROPOSAL_KIND_NEW_MICROCREDENTIAL title_es: 'T' text: 'Hace falta' ",
                     party.caller() == kEconomy ? kProvenance : "", more, "}"));
  }
  template <class Request>
  absl::StatusOr<v1::Proposal> Decide(grpc::Status (v1::ProposalService::Stub::*verb)(
                                          grpc::ClientContext*, const Request&, v1::Proposal*),
                                      const std::string& id, const std::string& more = "") {
    return economy.Ask(verb, absl::StrCat("name: 'proposals/", id, "' ", more));
  }
  int64_t Count(const std::string& text) { return puente::testing::MustCount(connection, text); }
  void Execute(const std::string& text) { puente::testing::MustExecute(connection, text); }

  const sql::Target database = puente::testing::Database::Shared().NewSchema(Economy().migrations);
  sql::Connection connection{database};
  Party economy{database, kEconomy};
};

}  // namespace puente::economy::testing
