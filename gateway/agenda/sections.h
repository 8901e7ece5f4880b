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

}  // namespace puente::agenda
