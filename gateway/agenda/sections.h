// The sections of an agenda's plan that more than one place names.
#pragma once

namespace puente::agenda {

inline constexpr char kOrganization[] = "organization";
inline constexpr char kCalls[] = "school_calls";
inline constexpr char kResponses[] = "school_responses";
inline constexpr char kVersions[] = "microcredential_versions";
inline constexpr char kCertifications[] = "certifications";
inline constexpr char kTaughtOut[] = "certifications_taught_out";
inline constexpr char kAssessments[] = "assessments";
inline constexpr char kAwards[] = "awards";
inline constexpr char kLoads[] = "loads";
inline constexpr char kReservations[] = "place_reservations";
inline constexpr char kDualAgreements[] = "dual_agreements";
inline constexpr char kDualPlans[] = "dual_plans";
inline constexpr char kLearnersPlans[] = "dual_plans_of_learners";

}  // namespace puente::agenda
