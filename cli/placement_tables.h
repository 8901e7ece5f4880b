// Learners whom a school has asked to place, as tables of 80 columns.
#pragma once

#include <map>
#include <string>

#include "cli/labels.h"
#include "cli/table.h"
#include "google/protobuf/repeated_field.h"
#include "puente/api/v1/load.pb.h"
#include "puente/education/v1/placement_request.pb.h"

namespace puente::cli {

Table TableOfRequests(
    Language language,
    const google::protobuf::RepeatedPtrField<education::v1::PlacementRequest>& requests);

// Each row of a file: what became of its request, found by its name, or why the row was not taken.
using RequestsByName = std::map<std::string, education::v1::PlacementRequest>;
Table TableOfRequestedRows(Language language,
                           const google::protobuf::RepeatedPtrField<api::v1::LoadRow>& rows,
                           const RequestsByName& requests);

}  // namespace puente::cli
