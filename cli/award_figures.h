// Released figures of awards and of enrolments that wait for one, as tables.
#pragma once

#include <google/protobuf/repeated_field.h>

#include "cli/printer.h"
#include "puente/education/v1/award_release.pb.h"

namespace puente::cli {

// A line a version, its quarters and its days below it; nothing of none.
void PrintAwards(Printer& printer,
                 const google::protobuf::RepeatedPtrField<education::v1::VersionAwards>& awards);
void PrintWaiting(Printer& printer,
                  const google::protobuf::RepeatedPtrField<education::v1::VersionWaiting>& waiting);

}  // namespace puente::cli
