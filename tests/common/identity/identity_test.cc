#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/calls/host.h"
#include "common/identity/access.h"
#include "common/identity/principals.h"
#include "common/identity/spiffe.h"
#include "google/protobuf/descriptor.h"
#include "puente/api/v1/options.pb.h"
#include "puente/api/v1/server.pb.h"
#include "puente/economy/v1/demand.pb.h"
#include "puente/education/v1/organization.pb.h"
#include "puente/gateway/v1/council.pb.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "tests/testing/registry.h"
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
                               gateway::v1::Overview::descriptor(),
                               education::v1::Organization::descriptor(),
                               economy::v1::DemandStatement::descriptor()};

constexpr char kCreate[] = "puente.labor.v1.VacancyService.CreateVacancy";    // Labor, suppliers
constexpr char kGet[] = "puente.labor.v1.VacancyService.GetVacancy";          // all, delegable
constexpr char kOverview[] = "puente.gateway.v1.CouncilService.GetOverview";  // not delegable

// The reason of a refusal, "" if the call is let in.
std::string Checked(const char* method, const Claims& claims,
                    const Principals& known = *testing::Everybody()) {
  return Reason(MethodAccess(MethodNamed(method)).Check(claims, known));
}

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
           {"a kind that the view is not for", kOverview, "supplier/portal", "",
            "CALLER_REFUSED"}}) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Checked(c.method, {c.peer, c.original, "", ""}), c.reason);
  }
}

TEST(Access, RefusedSaysWhoMay) {
  const absl::Status refused =
      MethodAccess(MethodNamed(kCreate)).Check({"company/acme", "", "", ""}, *testing::Everybody());
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
    EXPECT_EQ(Reason(access.Check({peer, "", "", ""}, *testing::Everybody())), "CALLER_REFUSED");
  }
  EXPECT_EQ(Reason(access.Check({"gateway", "agency/labor", "", ""}, *testing::Everybody())),
            "DELEGATION_REFUSED");
}

constexpr char kSuspend[] = "puente.education.v1.OrganizationService.SuspendOrganization";
constexpr char kNeeds[] = "puente.economy.v1.DemandService.ListDemandStatements";
constexpr char kRegistry[] = R"(
    serial: 7
    principals { path: "gateway" }
    principals {
      path: "agency/education"
      actors { id: "ana" roles: ACTOR_ROLE_REGISTRAR }
      actors { id: "beto" roles: [ACTOR_ROLE_TUTOR, ACTOR_ROLE_STATISTICIAN] }
      actors { id: "carla" roles: ACTOR_ROLE_REGISTRAR blocked: true }
    }
    principals { path: "agency/economy" }
    principals { path: "council/cce" blocked: true }
    principals { path: "company/*" }
    principals { path: "company/fraud" blocked: true })";

TEST(Access, IsForThoseWhomTheRegistryKnows) {
  const auto known = Principals::Parse(kRegistry);
  ASSERT_TRUE(known.ok()) << known.status();
  EXPECT_EQ((*known)->serial(), 7);
  struct Case {
    const char* name;
    const char* method;
    Claims claims;
    const char* reason;
  };
  for (const Case& c : std::vector<Case>{
           {"listed", kGet, {"agency/education", "", "", ""}, ""},
           {"not listed", kGet, {"agency/labor", "", "", ""}, "CALLER_NOT_REGISTERED"},
           {"a kind that is not listed",
            kGet,
            {"auditor/asf", "", "", ""},
            "CALLER_NOT_REGISTERED"},
           {"blocked", kGet, {"council/cce", "", "", ""}, "CALLER_BLOCKED"},
           {"blocked, through the gateway",
            kGet,
            {"gateway", "council/cce", "", ""},
            "CALLER_BLOCKED"},
           {"listed by its kind", kGet, {"company/acme", "", "", ""}, ""},
           {"blocked, though its kind is not",
            kGet,
            {"company/fraud", "", "", ""},
            "CALLER_BLOCKED"},
           {"a right that it does not have comes first",
            kCreate,
            {"auditor/asf", "", "", ""},
            "CALLER_REFUSED"},
           {"nobody acts", kSuspend, {"agency/education", "", "", ""}, "ACTOR_REFUSED"},
           {"the role fits", kSuspend, {"agency/education", "", "ana", ""}, ""},
           {"another role", kSuspend, {"agency/education", "", "beto", ""}, "ACTOR_REFUSED"},
           {"a blocked actor", kSuspend, {"agency/education", "", "carla", ""}, "ACTOR_UNKNOWN"},
           {"an unknown actor", kSuspend, {"agency/education", "", "dora", ""}, "ACTOR_UNKNOWN"},
           {"an unknown actor where none is needed",
            kGet,
            {"agency/education", "", "dora", ""},
            "ACTOR_UNKNOWN"},
           {"another's actor", kGet, {"agency/economy", "", "ana", ""}, "ACTOR_UNKNOWN"},
           {"an actor of a kind", kGet, {"company/acme", "", "ana", ""}, "ACTOR_UNKNOWN"},
           {"an actor where none is needed", kGet, {"agency/education", "", "beto", ""}, ""},
           {"an actor through the gateway", kGet, {"gateway", "agency/education", "beto", ""}, ""},
           {"the gateway has no such actor", kGet, {"gateway", "", "beto", ""}, "ACTOR_UNKNOWN"},
           {"no purpose", kNeeds, {"agency/economy", "", "", ""}, "PURPOSE_REFUSED"},
           {"a purpose", kNeeds, {"agency/economy", "", "", "statistics"}, ""},
           {"a purpose that the method is not for",
            kNeeds,
            {"agency/economy", "", "", "placement"},
            "PURPOSE_REFUSED"},
           {"no such purpose", kNeeds, {"agency/economy", "", "", "STATISTICS"}, "PURPOSE_REFUSED"},
           {"owners need none", kNeeds, {"company/acme", "", "", ""}, ""},
           {"no such purpose where none is needed",
            kGet,
            {"company/acme", "", "", "curiosity"},
            "PURPOSE_REFUSED"},
           {"a purpose where none is needed", kGet, {"company/acme", "", "", "placement"}, ""}}) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Checked(c.method, c.claims, **known), c.reason);
  }
}

TEST(Access, TellsOwnersAndAgentsFromThoseWhoMayAnyway) {
  const MethodAccess access(MethodNamed(kNeeds));
  struct Case {
    const char* caller;
    bool allowed, owner_only, agent;
  };
  for (const Case& c : std::vector<Case>{{"agency/economy", true, false, false},
                                         {"company/acme", true, true, false},
                                         {"chamber/canacintra", true, true, true},
                                         {"council/cce", false, false, false}}) {
    SCOPED_TRACE(c.caller);
    EXPECT_EQ(access.Allows(c.caller), c.allowed);
    EXPECT_EQ(access.OwnerOnly(c.caller), c.owner_only);
    EXPECT_EQ(access.Agent(c.caller), c.agent);
  }
  EXPECT_TRUE(access.has_owners());
  const absl::Status refused = access.Check({"council/cce", "", "", ""}, *testing::Everybody());
  EXPECT_EQ(MetadataOf(refused, "allowed"),
            "agency/economy, company/* (own records), chamber/* (for others)");
}

TEST(Access, IsForActorsWhomTheRegistryKnows) {
  EXPECT_EQ(Checked(kSuspend, {"agency/education", "", "ana", ""}), "ACTOR_UNKNOWN");
}

TEST(Access, RefusedQuotesNoBytesOfAnActor) {
  const absl::Status refused =
      MethodAccess(MethodNamed(kGet))
          .Check({"company/acme", "", "<script>", ""}, *testing::Everybody());
  EXPECT_EQ(MetadataOf(refused, "actor"), "?");
}

TEST(Purposes, HaveALegalBasisEach) {
  const auto& type = *api::v1::Purpose_descriptor();
  for (int i = 0; i < type.value_count(); ++i) {
    const auto& basis = type.value(i)->options().GetExtension(api::v1::legal_basis);
    SCOPED_TRACE(type.value(i)->name());
    EXPECT_EQ(basis.law_es().empty(), i == 0);
    EXPECT_EQ(basis.law_en().empty(), i == 0);
  }
  EXPECT_EQ(PurposeId(api::v1::PURPOSE_DATA_SUBJECT_REQUEST), "data-subject-request");
}

TEST(Standing, IsWhatTheRegistrySaysOfRecords) {
  const auto known = Principals::Parse(
      "serial: 1 principals { path: 'supplier/*' record_kind: RECORD_KIND_GENERATED }"
      " principals { path: 'supplier/portal' sources: ['portal', 'supplier.portal'] }");
  ASSERT_OK(known);
  const Standing portal = (*known)->StandingOf("supplier/portal");
  EXPECT_EQ(portal.record_kind, type::v1::RECORD_KIND_REAL);
  EXPECT_THAT(portal.sources, ::testing::ElementsAre("portal", "supplier.portal"));
  const Standing other = (*known)->StandingOf("supplier/other");
  EXPECT_EQ(other.record_kind, type::v1::RECORD_KIND_GENERATED);
  EXPECT_THAT(other.sources, ::testing::IsEmpty());
  EXPECT_EQ((*known)->StandingOf("company/acme").record_kind, type::v1::RECORD_KIND_REAL);
}

TEST(PrincipalsOf, AWrongTextAreRefused) {
  struct Case {
    const char* name;
    const char* text;
    const char* where;
  };
  for (const Case& c : std::vector<Case>{
           {"nothing", "", "serial"},
           {"no text format", "\n\n{", "line 4"},
           {"unknown field", "serial: 1 colour: 2", "line 2"},
           {"unknown role",
            "serial: 1 principals { path: 'gateway' actors { id: 'a' roles: KING } }", "line 2"},
           {"no role said", "serial: 1 principals { path: 'gateway' actors { id: 'a' } }",
            "gateway a"},
           {"the role that is none",
            "serial: 1 principals { path: 'gateway' actors { id: 'a' roles: "
            "ACTOR_ROLE_UNSPECIFIED } }",
            "gateway a"},
           {"an actor's id in upper case",
            "serial: 1 principals { path: 'gateway' actors { id: 'Ana' roles: ACTOR_ROLE_TUTOR } }",
            "gateway Ana"},
           {"an actor twice",
            "serial: 1 principals { path: 'gateway' actors { id: 'a' roles: ACTOR_ROLE_TUTOR }"
            " actors { id: 'a' roles: ACTOR_ROLE_OFFICER } }",
            "gateway a"},
           {"a principal twice",
            "serial: 1 principals { path: 'gateway' } principals { path: "
            "'gateway' }",
            "gateway"},
           {"no such kind", "serial: 1 principals { path: 'person/ana' }", "person/ana"},
           {"all of no kind", "serial: 1 principals { path: 'gateway/*' }", "gateway/*"},
           {"all of a principal's parts", "serial: 1 principals { path: 'authority/09/*' }",
            "authority/09/*"},
           {"actors of a kind",
            "serial: 1 principals { path: 'company/*' actors { id: 'a' roles: ACTOR_ROLE_TUTOR } }",
            "company/*"},
           {"everybody", "serial: 1 principals { path: '*' }", "*"},
           {"records of no kind", "serial: 1 principals { path: 'gateway' record_kind: 7 }",
            "gateway"},
           {"a source of two",
            "serial: 1 principals { path: 'supplier/a' sources: 'portal' }"
            " principals { path: 'supplier/b' sources: 'portal' }",
            "supplier/b portal"},
           {"a source twice",
            "serial: 1 principals { path: 'supplier/a' sources: 'portal' sources: 'portal' }",
            "supplier/a portal"},
           {"the source of another's path",
            "serial: 1 principals { path: 'supplier/a' sources: 'company.acme' }",
            "supplier/a company.acme"},
           {"a source of a kind", "serial: 1 principals { path: 'supplier/*' sources: 'portal' }",
            "supplier/*"},
           {"no source's form", "serial: 1 principals { path: 'supplier/a' sources: 'El Portal' }",
            "supplier/a El Portal"},
           {"serial 0", "serial: 0", "serial"}}) {
    SCOPED_TRACE(c.name);
    const absl::Status refused = Principals::Parse(c.text).status();
    EXPECT_EQ(Reason(refused), "REGISTRY_INVALID");
    EXPECT_EQ(MetadataOf(refused, "where"), c.where);
  }
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
