#include "cli/explain.h"

#include <gtest/gtest.h>

namespace puente::cli {
namespace {

TEST(ShellWord, QuotesOnlyWhatAShellWouldTouch) {
  EXPECT_EQ(ShellWord("/a/b-c.pem"), "/a/b-c.pem");
  EXPECT_EQ(ShellWord("a b"), "'a b'");
  EXPECT_EQ(ShellWord("it's"), "'it'\\''s'");
  EXPECT_EQ(ShellWord("$(rm x)"), "'$(rm x)'");
  EXPECT_EQ(ShellWord(""), "''");
}

TEST(BufCurl, NamesCertificatesAddressAndData) {
  EXPECT_EQ(BufCurl("127.0.0.1:50051", "puente.gateway.v1.CouncilService/GetOverview",
                    R"({"state":"05"})", {"/v/ca.pem", "/v/my cert.pem", "/v/key.pem"},
                    {{"accept-language", "en"}}),
            "buf curl --protocol grpc --cacert /v/ca.pem --cert '/v/my cert.pem' --key /v/key.pem "
            "--header 'accept-language: en' --data '{\"state\":\"05\"}' "
            "https://127.0.0.1:50051/puente.gateway.v1.CouncilService/GetOverview");
}

}  // namespace
}  // namespace puente::cli
