#include "common/federation/federation.h"

#include <gtest/gtest.h>

namespace puente {
namespace {

TEST(Federation, NamesServersAndCallers) {
  const auto federation = ParseFederation("/repo/var/federation.json", R"({
    "gateway": {"address": "127.0.0.1:1", "admin": "127.0.0.1:2"},
    "modules": {"labor": {"address": "127.0.0.1:3"}},
    "pids": {"labor": 7},
    "callers": {"council/cce": {"ca": "/c/ca.pem", "certificate": "tls/cce.pem", "key": "/k.pem"}}
  })");
  ASSERT_TRUE(federation.ok()) << federation.status();
  EXPECT_EQ(federation->addresses.at("gateway"), "127.0.0.1:1");
  EXPECT_EQ(federation->addresses.at("labor"), "127.0.0.1:3");
  const identity::TlsFiles& files = federation->callers.at("council/cce");
  EXPECT_EQ(files.ca, "/c/ca.pem");
  EXPECT_EQ(files.certificate, "/repo/var/tls/cce.pem");
}

TEST(Federation, ThatIsBrokenSaysSo) {
  EXPECT_EQ(ParseFederation("f.json", "{").status().message(), "f.json is not a JSON object");
  EXPECT_EQ(ParseFederation("f.json", "{}").status().message(), "f.json names no callers");
}

TEST(Federation, ThatIsMissingIsNotFound) {
  EXPECT_EQ(ReadFederation("/nowhere/federation.json").status().message(),
            "there is no /nowhere/federation.json");
}

}  // namespace
}  // namespace puente
