// Facilities, their bookings and agreements, and teachers, as tables of 80 columns.
#pragma once

#include <string>

#include "cli/labels.h"
#include "cli/table.h"
#include "google/protobuf/repeated_field.h"
#include "puente/education/v1/facility.pb.h"
#include "puente/education/v1/facility_booking.pb.h"
#include "puente/education/v1/sharing_agreement.pb.h"
#include "puente/education/v1/teacher.pb.h"
#include "puente/education/v1/teacher_training.pb.h"

namespace puente::cli {

// 480 as "08:00", 1440 as "24:00".
std::string ClockText(int minute);

Table TableOfFacilities(
    Language language,
    const google::protobuf::RepeatedPtrField<education::v1::Facility>& facilities);

Table TableOfFreeSeats(
    Language language,
    const google::protobuf::RepeatedPtrField<education::v1::FreeSeats>& intervals);

// `own`: who reads, "company/acme"; of each the other side is shown, if there is one.
Table TableOfBookings(
    Language language,
    const google::protobuf::RepeatedPtrField<education::v1::FacilityBooking>& bookings,
    const std::string& own);

Table TableOfSharing(
    Language language,
    const google::protobuf::RepeatedPtrField<education::v1::SharingAgreement>& agreements,
    const std::string& own);

Table TableOfTeachers(Language language,
                      const google::protobuf::RepeatedPtrField<education::v1::Teacher>& teachers);

Table TableOfTrainings(
    Language language,
    const google::protobuf::RepeatedPtrField<education::v1::TeacherTraining>& trainings);

// A sentence: the share, or why it is not told.
std::string CoverageText(Language language,
                         const education::v1::GetTeacherCoverageResponse& coverage);

}  // namespace puente::cli
