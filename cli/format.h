// Values as people read them. Shares are computed from integers.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "cli/labels.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"
#include "google/type/money.pb.h"
#include "puente/education/v1/microcredential.pb.h"
#include "puente/labor/v1/quality.pb.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "puente/type/v1/figure.pb.h"
#include "puente/type/v1/record.pb.h"

namespace puente::cli {

// 10173 → "10,173".
std::string CountText(int64_t count);

// Percent with one decimal, rounded half up: "32.2 %". What is not zero is never "0.0 %" but
// "<0.1 %", and what is not all never "100.0 %". Empty if `whole` is 0.
std::string ShareText(int64_t part, int64_t whole);

// "6,000.00 MXN"; parts of a centavo show as further decimals.
std::string MoneyText(const google::type::Money& money);
// The same for programs: "6000.00".
std::string MoneyDecimal(const google::type::Money& money);

// "2020-08-01"; empty for a date without a year.
std::string DateText(const google::type::Date& date);

// Two days as a period: "1-31 August 2020", "1 de agosto de 2020 a 2 de enero de 2021".
std::string PeriodText(const google::type::Date& first, const google::type::Date& last,
                       Language language);

// "2026-11-23 22:10:01 UTC".
std::string TimeText(const google::protobuf::Timestamp& time);

// "12 ms", "1.25 s".
std::string DurationText(const google::protobuf::Duration& duration);

// The count, or the mark in words. A figure without outcome is not stated.
std::string FigureText(const type::v1::Figure& figure, Language language);

// Minutes as "48 h" or "47 h 30 min".
std::string MinutesText(int64_t minutes);

std::string OutcomeText(labor::v1::Outcome outcome, Language language);
std::string ContractText(labor::v1::ContractKind kind, Language language);

// Of what counts: "real", "generated".
std::string CountedText(type::v1::RecordKind kind, Language language);

// "Coahuila"; the code itself if it is none.
std::string StateText(absl::string_view code);

// The id at the end of a resource name: "skills/english" → "english".
std::string LastId(absl::string_view name);

std::string MicrocredentialStateText(education::v1::MicrocredentialState state, Language language);
std::string AssessmentText(education::v1::AssessmentType type, Language language);
std::string ParticipationText(education::v1::ParticipationForm form, Language language);

}  // namespace puente::cli
