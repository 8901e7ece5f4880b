// Released figures of training places, as tables of 80 columns.
#pragma once

#include "cli/printer.h"
#include "google/protobuf/repeated_field.h"
#include "puente/economy/v1/place_release.pb.h"
#include "puente/education/v1/award_release.pb.h"
#include "puente/type/v1/figure.pb.h"

namespace puente::cli {

// A line a state; of a single one the quarters too.
void PrintPlaces(Printer& printer,
                 const google::protobuf::RepeatedPtrField<economy::v1::StatePlaces>& states);

// Seats that are offered where skills are learned; nothing of none.
void PrintSkillPlaces(Printer& printer,
                      const google::protobuf::RepeatedPtrField<type::v1::SkillCount>& seats);

// Stays at places of those who learn versions; nothing where none are told.
void PrintStays(Printer& printer,
                const google::protobuf::RepeatedPtrField<education::v1::VersionAwards>& versions);

}  // namespace puente::cli
