// What makes reading rows by reflection safe: a table, its resource's descriptor and its
// specification say the same.
#pragma once

#include <string>

#include "common/resource/spec.h"
#include "common/sql/connection.h"

namespace puente::testing {

// Fails the test unless the table has exactly the columns that the specification names, each of a
// type that holds what the contract allows, NULL only where a value can be missing, and every
// declared list is served as tests/agencies/lists.h says, for which the table gets rows.
void ExpectTableFits(const sql::Target& database, const resource::Spec& spec);
// The same for all of a package that this process has made: those of a module that it hosts.
void ExpectTablesFit(const sql::Target& database, absl::string_view package, size_t count);

// ExpectCatalogue() of a module's own errors and those of the package's resources.
void ExpectErrors(absl::string_view package, absl::Span<const ErrorSpec* const> own,
                  absl::string_view domain);

// Fails the test unless every error has a reason in its form, the domain, and two texts that use
// the same metadata.
void ExpectCatalogue(absl::Span<const ErrorSpec* const> errors, absl::string_view domain);

}  // namespace puente::testing
