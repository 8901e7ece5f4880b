// Early return for functions of absl::Status and absl::StatusOr.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define PUENTE_CONCAT_INNER(a, b) a##b
#define PUENTE_CONCAT(a, b) PUENTE_CONCAT_INNER(a, b)

#define RETURN_IF_ERROR(expression)                           \
  do {                                                        \
    if (absl::Status status_ = (expression); !status_.ok()) { \
      return status_;                                         \
    }                                                         \
  } while (false)

#define ASSIGN_OR_RETURN(declaration, expression) \
  PUENTE_ASSIGN_OR_RETURN(PUENTE_CONCAT(status_or_, __LINE__), declaration, expression)

#define PUENTE_ASSIGN_OR_RETURN(temporary, declaration, expression) \
  auto temporary = (expression);                                    \
  if (!temporary.ok()) return std::move(temporary).status();        \
  declaration = *std::move(temporary)
