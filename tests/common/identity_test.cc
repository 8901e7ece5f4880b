#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/identity/access.h"
#include "common/identity/spiffe.h"
#include "common/rpc/host.h"
#include "google/protobuf/descriptor.h"
#include "puente/api/v1/server.pb.h"
#include "puente/gateway/v1/council.pb.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "tests/testing/status.h"

namespace puente::identity {
namespace {

TEST(SpiffeId, OfAKnownKindIsItsPath) {
  for (const char* path :
       {"agency/labor", "certifier/ceneval", "council/cce", "chamber/canacintra",
        "organization/unam", "company/acme", "authority/09", "authority/32/stps-01",
        "reporter/inegi", "supplier/portal", "auditor/asf", "gateway"}) {
    SCOPED_TRACE(path);
    const auto caller = ParseSpiffe(std::string("spiffe://puente.local/") + path, "puente.local");
    ASSERT_TRUE(caller.ok()) << caller.status();
    EXPECT_EQ(caller->path, path);
  }
}

TEST(SpiffeId, OfAnyOtherFormIsRefused) {
  struct Case {
    const char* name;
    std::string uri;
  };
  for (const Case& c : std::vector<Case>{
           {"empty", ""},
           {"another scheme", "https://puente.local/agency/labor"},
           {"upper-case scheme", "SPIFFE://puente.local/agency/labor"},
           {"no path", "spiffe://puente.local"},
           {"root path", "spiffe://puente.local/"},
           {"another trust domain", "spiffe://puente.example/agency/labor"},
           {"a longer trust domain", "spiffe://puente.local.example/agency/labor"},
           {"a shorter trust domain", "spiffe://puente.loca/agency/labor"},
           {"upper-case trust domain", "spiffe://PUENTE.local/agency/labor"},
           {"a port", "spiffe://puente.local:443/agency/labor"},
           {"a user", "spiffe://x@puente.local/agency/labor"},
           {"trailing slash", "spiffe://puente.local/agency/labor/"},
           {"empty segment", "spiffe://puente.local/agency//labor"},
           {"leading empty segment", "spiffe://puente.local//agency/labor"},
           {"dot segment", "spiffe://puente.local/agency/./labor"},
           {"dot-dot segment", "spiffe://puente.local/agency/../gateway"},
           {"query", "spiffe://puente.local/agency/labor?x=1"},
           {"fragment", "spiffe://puente.local/agency/labor#x"},
           {"percent-encoding", "spiffe://puente.local/agency/l%61bor"},
           {"upper case", "spiffe://puente.local/agency/Labor"},
           {"underscore", "spiffe://puente.local/agency/la_bor"},
           {"leading hyphen", "spiffe://puente.local/agency/-labor"},
           {"white space", "spiffe://puente.local/agency/labor "},
           {"wildcard", "spiffe://puente.local/agency/*"},
           {"embedded zero", std::string("spiffe://puente.local/agency/la\0bor", 36)},
           {"no id", "spiffe://puente.local/agency"},
           {"two ids", "spiffe://puente.local/agency/labor/office"},
           {"unknown kind", "spiffe://puente.local/person/ana"},
           {"gateway with an id", "spiffe://puente.local/gateway/two"},
           {"no such state", "spiffe://puente.local/authority/33"},
           {"state 00", "spiffe://puente.local/authority/00"},
           {"a state's name", "spiffe://puente.local/authority/cdmx"},
           {"three ids of an authority", "spiffe://puente.local/authority/09/a/b"},
           {"an id too long", "spiffe://puente.local/company/" + std::string(64, 'a')}}) {
    SCOPED_TRACE(c.name);
    const auto caller = ParseSpiffe(c.uri, "puente.local");
    EXPECT_EQ(Reason(caller.status()), "CALLER_UNKNOWN");
  }
}

TEST(SpiffeId, IsRefusedWithoutATrustDomain) {
  EXPECT_FALSE(ParseSpiffe("spiffe:///agency/labor", "").ok());
}

const google::protobuf::MethodDescriptor& MethodNamed(const char* name) {
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
  if (method == nullptr) std::abort();
  return *method;
}

// Keeps the descriptors linked in.
const void* const kLinked[] = {labor::v1::Vacancy::descriptor(), api::v1::Server::descriptor(),
                               gateway::v1::Overview::descriptor()};

constexpr char kCreate[] = "puente.labor.v1.VacancyService.CreateVacancy";    // Labor, suppliers
constexpr char kGet[] = "puente.labor.v1.VacancyService.GetVacancy";          // all, delegable
constexpr char kOverview[] = "puente.gateway.v1.CouncilService.GetOverview";  // not delegable

TEST(Access, IsWhatTheMethodDeclares) {
  ASSERT_NE(kLinked[0], nullptr);
  struct Case {
    const char* name;
    const char* method;
    const char* peer;
    const char* original;
    const char* reason;  // "" means let in
  };
  for (const Case& c : std::vector<Case>{
           {"exactly the one named", kCreate, "agency/labor", "", ""},
           {"one of a kind named", kCreate, "supplier/portal", "", ""},
           {"another of the same kind as the one named", kCreate, "agency/economy", "",
            "CALLER_REFUSED"},
           {"another kind", kCreate, "company/acme", "", "CALLER_REFUSED"},
           {"the gateway where it is not named", kCreate, "gateway", "", "CALLER_REFUSED"},
           {"everybody", kGet, "company/acme", "", ""},
           {"the gateway as part of everybody", kGet, "gateway", "", ""},
           {"the gateway for somebody who may", kGet, "gateway", "council/cce", ""},
           {"the gateway where nothing is delegable", kCreate, "gateway", "agency/labor",
            "DELEGATION_REFUSED"},
           {"the gateway for itself", kGet, "gateway", "gateway", "DELEGATION_REFUSED"},
           {"the gateway for nobody known", kGet, "gateway", "person/ana", "DELEGATION_REFUSED"},
           {"the gateway for a pattern", kGet, "gateway", "*", "DELEGATION_REFUSED"},
           {"delegation by an agency", kGet, "agency/labor", "council/cce", "DELEGATION_REFUSED"},
           {"delegation by the original itself", kGet, "council/cce", "council/cce",
            "DELEGATION_REFUSED"},
           {"a kind that the view is not for", kOverview, "company/acme", "", "CALLER_REFUSED"}}) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Reason(MethodAccess(MethodNamed(c.method)).Check(c.peer, c.original)), c.reason);
  }
}

TEST(Access, RefusedSaysWhoMay) {
  const absl::Status refused = MethodAccess(MethodNamed(kCreate)).Check("company/acme", "");
  EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(MetadataOf(refused, "caller"), "company/acme");
  EXPECT_EQ(MetadataOf(refused, "method"), "/puente.labor.v1.VacancyService/CreateVacancy");
  EXPECT_EQ(MetadataOf(refused, "allowed"), "agency/labor, supplier/*");
}

TEST(Access, UndeclaredMeansRefused) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("undeclared.proto");
  file.add_message_type()->set_name("M");
  auto* service = file.add_service();
  service->set_name("S");
  auto* method = service->add_method();
  method->set_name("Do");
  method->set_input_type(".M");
  method->set_output_type(".M");
  google::protobuf::DescriptorPool pool;
  const auto* built = pool.BuildFile(file);
  ASSERT_NE(built, nullptr);
  const MethodAccess access(*built->service(0)->method(0));
  for (const char* peer : {"gateway", "agency/labor", "auditor/asf"}) {
    EXPECT_EQ(Reason(access.Check(peer, "")), "CALLER_REFUSED");
  }
  EXPECT_EQ(Reason(access.Check("gateway", "agency/labor")), "DELEGATION_REFUSED");
}

TEST(AccessPattern, MatchesWholeKindsOnly) {
  EXPECT_TRUE(Matches("authority/*", "authority/09/stps"));
  EXPECT_FALSE(Matches("agency/*", "agency"));
  EXPECT_FALSE(Matches("agency/*", "agency/"));
  EXPECT_FALSE(Matches("agency/*", "agencyx/labor"));
  EXPECT_FALSE(Matches("agency/labor", "agency/labor2"));
  EXPECT_FALSE(Matches("", ""));
}

}  // namespace
}  // namespace puente::identity
