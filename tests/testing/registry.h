// Signed registries of principals, as servers read them.
#pragma once

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "common/crypto/signature.h"
#include "common/identity/registry.h"

namespace puente::testing {

// Everybody with a certificate, who registers the schools and companies of the bundled data, the
// registrar of a school, who decides for two chambers and two companies, a supplier with sources of
// its own and one whose records are generated.
inline constexpr char kEverybody[] = R"(serial: 1
  principals { path: "gateway" } principals { path: "agency/*" } principals { path: "auditor/*" }
  principals { path: "certifier/*" } principals { path: "chamber/*" }
  principals { path: "company/*" } principals { path: "council/*" }
  principals { path: "reporter/*" } principals { path: "organization/*" }
  principals { path: "supplier/*" } principals { path: "authority/*" }
  principals { path: "supplier/portal" sources: "test" sources: "portal-del-empleo" }
  principals { path: "supplier/muestra" record_kind: RECORD_KIND_GENERATED sources: "puente-sample" }
  principals {
    path: "agency/education" actors { id: "registrar-1" roles: ACTOR_ROLE_REGISTRAR }
    actors { id: "registrar-2" roles: ACTOR_ROLE_REGISTRAR }
    actors { id: "statistician-1" roles: ACTOR_ROLE_STATISTICIAN }
    actors { id: "statistician-2" roles: ACTOR_ROLE_STATISTICIAN }
  }
  principals { path: "agency/labor" actors { id: "statistician-1" roles: ACTOR_ROLE_STATISTICIAN } }
  principals { path: "agency/economy" actors { id: "officer-1" roles: ACTOR_ROLE_OFFICER } }
  principals {
    path: "certifier/a" actors { id: "reviewer-1" roles: ACTOR_ROLE_REVIEWER }
    actors { id: "reviewer-2" roles: ACTOR_ROLE_REVIEWER }
    actors { id: "clerk-1" roles: ACTOR_ROLE_OFFICER }
    actors { id: "registrar-1" roles: ACTOR_ROLE_REGISTRAR }
  }
  principals { path: "certifier/ceneval" actors { id: "reviewer-1" roles: ACTOR_ROLE_REVIEWER } }
  principals { path: "chamber/a" actors { id: "officer-1" roles: ACTOR_ROLE_OFFICER } }
  principals { path: "chamber/b" actors { id: "officer-1" roles: ACTOR_ROLE_OFFICER } }
  principals { path: "company/acme" actors { id: "officer-1" roles: ACTOR_ROLE_OFFICER } }
  principals { path: "company/globex" actors { id: "officer-1" roles: ACTOR_ROLE_OFFICER } }
  principals { path: "organization/a" actors { id: "registrar-1" roles: ACTOR_ROLE_REGISTRAR } }
  principals { path: "organization/b" actors { id: "registrar-1" roles: ACTOR_ROLE_REGISTRAR } })";

// The registry of kEverybody: for calls::Host::Options::principals.
std::shared_ptr<const identity::Principals> Everybody();

// A registry in a folder of its caller's, with a key of its own.
class SignedRegistry {
 public:
  explicit SignedRegistry(const std::string& folder, absl::string_view text = kEverybody);

  const identity::Registry::Files& files() const { return files_; }
  // Puts a signed issue in the place of the one before, by a rename.
  void Publish(absl::string_view text);
  // Puts any bytes there.
  void Replace(absl::string_view content);
  // "# signature: …" and the text.
  std::string Sign(absl::string_view text) const;

 private:
  const crypto::SigningKeys keys_;
  const identity::Registry::Files files_;
};

}  // namespace puente::testing
