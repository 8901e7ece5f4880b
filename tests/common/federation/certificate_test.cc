#include "common/federation/certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/certificates.h"

namespace puente {
namespace {

using ::testing::HasSubstr;

TEST(CertificateTrouble, NamesWhatAServerDislikes) {
  testing::CertificateAuthority authority;
  testing::CertificateAuthority other;
  const identity::TlsFiles good = authority.For("council/cce");
  identity::TlsFiles of_other = good;
  of_other.ca = other.ca_file();
  identity::TlsFiles mixed = good;
  mixed.key = authority.For("supplier/portal").key;
  testing::Claims nobody;
  const absl::Time now = absl::Now();

  EXPECT_EQ(CertificateTrouble(good, now), "");
  EXPECT_THAT(CertificateTrouble(good, now + absl::Hours(48)), HasSubstr(" expired on 20"));
  EXPECT_THAT(CertificateTrouble(good, now + absl::Hours(48), Locale::kSpanish),
              HasSubstr(" venció el 20"));
  EXPECT_THAT(CertificateTrouble(good, now - absl::Hours(48)), HasSubstr("is not valid before 20"));
  EXPECT_THAT(CertificateTrouble(of_other, now), HasSubstr("was not issued by " + of_other.ca));
  EXPECT_THAT(CertificateTrouble(mixed, now), HasSubstr("it is not the key of"));
  EXPECT_THAT(CertificateTrouble(authority.Issue(nobody), now), HasSubstr("exactly one URI"));
}

}  // namespace
}  // namespace puente
