// Matchers for absl::Status and absl::StatusOr.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/status/statusor.h"
#include "common/status/error.h"

namespace puente::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <class T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

// Has this reason (never compare wording).
MATCHER_P(HasReason, reason, std::string("has reason ") + reason) {
  *result_listener << StatusOf(arg).ToString();
  return Reason(StatusOf(arg)) == reason;
}

}  // namespace puente::testing

#define ASSERT_OK(expression) ASSERT_THAT(expression, ::puente::testing::IsOk())
#define EXPECT_OK(expression) EXPECT_THAT(expression, ::puente::testing::IsOk())

#define ASSERT_OK_AND_ASSIGN(declaration, expression)        \
  auto PUENTE_TEST_CONCAT(result_, __LINE__) = (expression); \
  ASSERT_OK(PUENTE_TEST_CONCAT(result_, __LINE__));          \
  declaration = *std::move(PUENTE_TEST_CONCAT(result_, __LINE__))
#define PUENTE_TEST_CONCAT(a, b) PUENTE_TEST_CONCAT_INNER(a, b)
#define PUENTE_TEST_CONCAT_INNER(a, b) a##b
