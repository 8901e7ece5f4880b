#include "cli/facility_tables.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/format.h"
#include "cli/words.h"

namespace puente::cli {
namespace {

namespace v1 = education::v1;

constexpr Label kFrom{"from", "desde"};
constexpr Label kUntil{"until", "hasta"};
constexpr Label kKind{"kind", "tipo"};
constexpr Label kSeats{"seats", "lugares"};
constexpr Label kFree{"free", "libres"};
constexpr Label kOpen{"open", "horario"};
constexpr Label kOn{"on", "días"};
constexpr Label kFacility{"facility", "instalación"};
constexpr Label kDay{"day", "día"};
constexpr Label kTime{"time", "hora"};
constexpr Label kFor{"for", "para"};
constexpr Label kWith{"with", "con"};
constexpr Label kBooking{"booking", "reserva"};
constexpr Label kAWeek{"h/week", "h/semana"};
constexpr Label kAgreement{"agreement", "convenio"};
constexpr Label kTeacher{"teacher", "docente"};
constexpr Label kTraining{"training", "formación"};
constexpr Label kEnded{"ended", "terminó"};
constexpr Label kAt{"company", "empresa"};
constexpr Label kOf{" of ", " de "};
constexpr Label kUpToDate{" teachers are up to date", " docentes están al día"};
constexpr Label kByRule{"by the rule ", "según la regla "};
constexpr Label kHidden{
    "hidden: a share of fewer than ten teachers is told to their own school alone",
    "reservado: la parte de menos de diez docentes se dice solo a su propia escuela"};
constexpr Label kNoTeachers{"nobody teaches in that program", "nadie da clases en ese programa"};
constexpr size_t kBelowMost = 76;  // indented by four

std::string Say(Language language, const Label& label) { return std::string(In(language, label)); }

const Label& LabelOf(v1::FacilityState value) {
  static constexpr Word kWords[] = {
      {v1::FACILITY_STATE_OPEN, {"open", "abierta"}},
      {v1::FACILITY_STATE_PAUSED, {"paused", "en pausa"}},
      {v1::FACILITY_STATE_CLOSED, {"closed", "cerrada"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::FacilityKind value) {
  static constexpr Word kWords[] = {
      {v1::FACILITY_KIND_WORKSHOP, {"workshop", "taller"}},
      {v1::FACILITY_KIND_LABORATORY, {"laboratory", "laboratorio"}},
      {v1::FACILITY_KIND_EQUIPMENT, {"equipment", "equipo"}},
      {v1::FACILITY_KIND_CLASSROOM, {"classroom", "aula"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::Weekday value) {
  static constexpr Word kWords[] = {
      {v1::WEEKDAY_MONDAY, {"Mo", "lu"}},    {v1::WEEKDAY_TUESDAY, {"Tu", "ma"}},
      {v1::WEEKDAY_WEDNESDAY, {"We", "mi"}}, {v1::WEEKDAY_THURSDAY, {"Th", "ju"}},
      {v1::WEEKDAY_FRIDAY, {"Fr", "vi"}},    {v1::WEEKDAY_SATURDAY, {"Sa", "sá"}},
      {v1::WEEKDAY_SUNDAY, {"Su", "do"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::FacilityBookingState value) {
  static constexpr Word kWords[] = {
      {v1::FACILITY_BOOKING_STATE_BOOKED, {"booked", "reservada"}},
      {v1::FACILITY_BOOKING_STATE_CANCELLED, {"cancelled", "cancelada"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::BookingPurpose value) {
  static constexpr Word kWords[] = {
      {v1::BOOKING_PURPOSE_COURSE, {"course", "curso"}},
      {v1::BOOKING_PURPOSE_PRACTICE, {"practice", "práctica"}},
      {v1::BOOKING_PURPOSE_ASSESSMENT, {"assessment", "evaluación"}},
      {v1::BOOKING_PURPOSE_TEACHER_TRAINING, {"teachers", "docentes"}},
      {v1::BOOKING_PURPOSE_OTHER, {"other", "otro"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::SharingAgreementState value) {
  static constexpr Word kWords[] = {
      {v1::SHARING_AGREEMENT_STATE_OFFERED, {"offered", "ofrecido"}},
      {v1::SHARING_AGREEMENT_STATE_IN_FORCE, {"in force", "vigente"}},
      {v1::SHARING_AGREEMENT_STATE_REFUSED, {"refused", "rechazado"}},
      {v1::SHARING_AGREEMENT_STATE_ENDED, {"ended", "terminado"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::TeacherState value) {
  static constexpr Word kWords[] = {
      {v1::TEACHER_STATE_ACTIVE, {"active", "activo"}},
      {v1::TEACHER_STATE_LEFT, {"left", "se fue"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::TrainingKind value) {
  static constexpr Word kWords[] = {
      {v1::TRAINING_KIND_COURSE, {"course", "curso"}},
      {v1::TRAINING_KIND_STAY_IN_COMPANY, {"stay", "estancia"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::TeacherTrainingState value) {
  static constexpr Word kWords[] = {
      {v1::TEACHER_TRAINING_STATE_RECORDED, {"counts", "cuenta"}},
      {v1::TEACHER_TRAINING_STATE_VOIDED, {"voided", "anulada"}},
  };
  return Find(kWords, value);
}

const std::string& TitleOf(Language language, const v1::Facility& facility) {
  const bool spanish = language == Language::kSpanish || facility.title_en().empty();
  return spanish ? facility.title_es() : facility.title_en();
}

std::string SpanText(int start, int end) {
  return absl::StrCat(ClockText(start), "-", ClockText(end));
}

// The other of the two, "" where both are the reader.
template <class Record>
std::string OtherSide(const Record& record, const std::string& other, const std::string& own) {
  if (record.host() != own) return record.host();
  return other == own ? "" : other;
}

std::string Ids(const google::protobuf::RepeatedPtrField<std::string>& names) {
  return absl::StrJoin(
      names, ", ", [](std::string* out, const std::string& name) { out->append(LastId(name)); });
}

}  // namespace

std::string ClockText(int minute) { return absl::StrFormat("%02d:%02d", minute / 60, minute % 60); }

Table TableOfFacilities(Language language,
                        const google::protobuf::RepeatedPtrField<v1::Facility>& facilities) {
  Table table({{Say(language, label::kRecordState)},
               {Say(language, kKind)},
               {Say(language, kSeats), Column::kRight},
               {Say(language, kOpen)},
               {Say(language, kOn), Column::kLeft, 20},
               {Say(language, kFacility), Column::kBelow},
               {Say(language, label::kTitle), Column::kBelow, kBelowMost},
               {Say(language, label::kSkills), Column::kBelow, kBelowMost}});
  for (const v1::Facility& one : facilities) {
    const std::string days = absl::StrJoin(one.weekdays(), " ", [&](std::string* out, int day) {
      absl::StrAppend(out, In(language, LabelOf(static_cast<v1::Weekday>(day))));
    });
    table.Add({Say(language, LabelOf(one.state())), Say(language, LabelOf(one.kind())),
               CountText(one.capacity()), SpanText(one.opens_minute(), one.closes_minute()), days,
               one.name(), absl::StrCat(TitleOf(language, one), " (", one.owner(), ")"),
               Ids(one.skills())});
  }
  return table;
}

Table TableOfFreeSeats(Language language,
                       const google::protobuf::RepeatedPtrField<v1::FreeSeats>& intervals) {
  Table table(
      {{Say(language, kDay)}, {Say(language, kTime)}, {Say(language, kFree), Column::kRight}});
  for (const v1::FreeSeats& one : intervals) {
    table.Add({DateText(one.day()), SpanText(one.start_minute(), one.end_minute()),
               CountText(one.free())});
  }
  return table;
}

Table TableOfBookings(Language language,
                      const google::protobuf::RepeatedPtrField<v1::FacilityBooking>& bookings,
                      const std::string& own) {
  Table table({{Say(language, label::kRecordState)},
               {Say(language, kFrom)},
               {Say(language, kUntil)},
               {Say(language, kTime)},
               {Say(language, kSeats), Column::kRight},
               {Say(language, kFor)},
               {Say(language, kBooking), Column::kBelow},
               {Say(language, kFacility), Column::kBelow},
               {Say(language, kWith), Column::kBelow}});
  for (const v1::FacilityBooking& one : bookings) {
    table.Add({Say(language, LabelOf(one.state())), DateText(one.begin_date()),
               DateText(one.end_date()), SpanText(one.start_minute(), one.end_minute()),
               CountText(one.seats()), Say(language, LabelOf(one.purpose())), one.name(),
               one.facility(), OtherSide(one, one.booker(), own)});
  }
  return table;
}

Table TableOfSharing(Language language,
                     const google::protobuf::RepeatedPtrField<v1::SharingAgreement>& agreements,
                     const std::string& own) {
  Table table({{Say(language, label::kRecordState)},
               {Say(language, kWith), Column::kLeft, 34},
               {Say(language, kFrom)},
               {Say(language, kUntil)},
               {Say(language, kAWeek), Column::kRight},
               {Say(language, kAgreement), Column::kBelow},
               {Say(language, kFacility), Column::kBelow}});
  for (const v1::SharingAgreement& one : agreements) {
    table.Add({Say(language, LabelOf(one.state())), LastId(OtherSide(one, one.guest(), own)),
               DateText(one.begin_date()), DateText(one.end_date()),
               one.weekly_minutes_most() == 0 ? "" : MinutesText(one.weekly_minutes_most()),
               one.name(), absl::StrCat(one.facility(), " (", one.host(), ")")});
  }
  return table;
}

Table TableOfTeachers(Language language,
                      const google::protobuf::RepeatedPtrField<v1::Teacher>& teachers) {
  Table table({{Say(language, kTeacher)},
               {Say(language, label::kRecordState)},
               {Say(language, label::kPrograms), Column::kLeft, 32},
               {Say(language, label::kSkills), Column::kBelow, kBelowMost}});
  for (const v1::Teacher& one : teachers) {
    table.Add({LastId(one.name()), Say(language, LabelOf(one.state())), Ids(one.programs()),
               Ids(one.skills())});
  }
  return table;
}

Table TableOfTrainings(Language language,
                       const google::protobuf::RepeatedPtrField<v1::TeacherTraining>& trainings) {
  Table table({{Say(language, kEnded)},
               {Say(language, label::kHours), Column::kRight},
               {Say(language, kKind)},
               {Say(language, label::kSkill), Column::kLeft, 28},
               {Say(language, label::kRecordState)},
               {Say(language, kAt), Column::kLeft, 12},
               {Say(language, kTeacher), Column::kBelow},
               {Say(language, kTraining), Column::kBelow}});
  for (const v1::TeacherTraining& one : trainings) {
    table.Add({DateText(one.end_date()), CountText(one.hours()), Say(language, LabelOf(one.kind())),
               LastId(one.skill()), Say(language, LabelOf(one.state())), LastId(one.company()),
               LastId(one.teacher()), LastId(one.name())});
  }
  return table;
}

std::string CoverageText(Language language, const v1::GetTeacherCoverageResponse& coverage) {
  if (coverage.state() == v1::TEACHER_COVERAGE_STATE_HIDDEN) return Say(language, kHidden);
  if (coverage.state() != v1::TEACHER_COVERAGE_STATE_SHOWN) return Say(language, kNoTeachers);
  return absl::StrCat(
      CountText(coverage.up_to_date_count()), In(language, kOf),
      CountText(coverage.teacher_count()), In(language, kUpToDate),
      coverage.teacher_count() == 0
          ? ""
          : absl::StrCat(" (", ShareText(coverage.up_to_date_count(), coverage.teacher_count()),
                         ")"),
      ", ", DateText(coverage.day()), ", ", In(language, kByRule), LastId(coverage.teacher_rule()));
}

}  // namespace puente::cli
