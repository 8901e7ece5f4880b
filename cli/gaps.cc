#include "cli/gaps.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "cli/format.h"
#include "cli/provenance.h"

namespace puente::cli {
namespace {

using gateway::v1::GapFigure;
using gateway::v1::ListSkillGapsRequest;
using gateway::v1::ListSkillGapsResponse;
using gateway::v1::SkillGap;

bool IsTold(const GapFigure& figure) { return figure.outcome_case() == GapFigure::kValue; }

// "3 of 12 sector tables"
std::string TablesText(const GapFigure& tables, int32_t all, Language language) {
  if (!IsTold(tables)) return GapText(tables, language);
  return absl::StrCat(tables.value(), " ", In(language, label::kOf), " ", all);
}

// A difference of 0 is a difference.
std::string DifferenceText(const GapFigure& figure, Language language) {
  return IsTold(figure) ? CountText(figure.value()) : GapText(figure, language);
}

std::string AskedFor(Printer& printer, const ListSkillGapsRequest& request,
                     const ListSkillGapsResponse& gaps) {
  std::string sector = printer.Say(label::kAllSectors);
  if (!request.sector().empty()) {
    const economy::v1::SectorTable& table = gaps.sector().table();
    const std::string& name =
        printer.language() == Language::kSpanish ? table.label_es() : table.label_en();
    sector = absl::StrCat(printer.Say(label::kDimensionSector), " ",
                          name.empty() ? request.sector() : name);
  }
  const std::string state =
      request.state_code().empty()
          ? printer.Say(label::kWholeCountry)
          : absl::StrCat(request.state_code(), " ", StateText(request.state_code()));
  std::string text = absl::StrCat(sector, "; ", state);
  if (request.kind() == gateway::v1::SKILL_GAP_KIND_TRANSVERSAL) {
    absl::StrAppend(&text, "; ", printer.Say(label::kTransversalOnly));
  }
  return text;
}

void PrintSkills(Printer& printer, const ListSkillGapsRequest& request,
                 const ListSkillGapsResponse& gaps) {
  if (gaps.skill_gaps().empty()) return printer.Line(printer.Say(label::kNoGaps));
  const Language language = printer.language();
  const bool by_state = !request.state_code().empty();
  const bool transversal = request.kind() == gateway::v1::SKILL_GAP_KIND_TRANSVERSAL;
  std::vector<Column> columns = {{printer.Say(label::kSkill)},
                                 {printer.Say(label::kHeads), Column::kRight},
                                 {printer.Say(label::kSeatsTaught), Column::kRight},
                                 {printer.Say(label::kDifference), Column::kRight}};
  if (by_state) columns.push_back({printer.Say(label::kSeatsWithoutState), Column::kRight});
  if (transversal) columns.push_back({printer.Say(label::kSectorTables), Column::kRight});
  Table table(std::move(columns));
  for (const SkillGap& gap : gaps.skill_gaps()) {
    std::vector<std::string> row = {LastId(gap.skill()), GapText(gap.people_needed(), language),
                                    GapText(gap.seats_taught(), language),
                                    DifferenceText(gap.difference(), language)};
    if (by_state) row.push_back(GapText(gap.seats_without_state(), language));
    if (transversal) {
      row.push_back(
          TablesText(gap.sector_tables(), gaps.demand().demand().sector_table_count(), language));
    }
    table.Add(std::move(row));
  }
  printer.Print(table);
  printer.EmptyLine();
  for (const gateway::v1::HoleMeaning& meaning : gaps.holes()) {
    if (meaning.hole() == gateway::v1::HOLE_NOT_ASKED) continue;  // in no column
    GapFigure figure;
    figure.set_hole(meaning.hole());
    printer.Line(absl::StrCat(GapText(figure, language), ": ", meaning.text()));
  }
}

void PrintSource(Printer& printer, type::v1::RecordKind kind,
                 const google::protobuf::RepeatedPtrField<std::string>& sources, bool more) {
  const std::string text = SourceText(printer.language(), kind, sources);
  if (!text.empty()) {
    printer.Line(absl::StrCat(text, more ? absl::StrCat(", ", printer.Say(label::kAndMore)) : ""));
  }
}

void PrintNeed(Printer& printer, const gateway::v1::SkillDemandSection& section) {
  printer.Heading(printer.Say(label::kDemand));
  if (!HasAnswer(printer, section.provenance())) return;
  const economy::v1::ListSkillDemandResponse& demand = section.demand();
  PrintRecordKind(printer, demand.record_kind());
  PrintCouldNotSplit(printer, demand.could_not_split());
  printer.Line(printer.Say(label::kNeedOfAllPeriods));
  if (demand.has_first_date()) {
    printer.Line(
        absl::StrCat(printer.Say(label::kNeededFrom), " ",
                     PeriodText(demand.first_date(), demand.last_date(), printer.language())));
  }
  PrintSource(printer, demand.record_kind(), demand.sources(), false);
  PrintProvenance(printer, section.provenance());
}

// "120 seats, 1 program, 1 organization; 51 graduates, of 1 program that states them"
std::vector<std::string> SeatsRow(Printer& printer, const Label& name,
                                  const education::v1::SeatCounts& counts) {
  return {
      printer.Say(name), CountText(counts.seat_count()),
      absl::StrCat(printer.Say(label::kPrograms), ": ", counts.program_count(), "; ",
                   printer.Say(label::kOrganizations), ": ", counts.organization_count(), "; ",
                   printer.Say(label::kGraduates), ": ", CountText(counts.graduate_count()), ", ",
                   printer.Say(label::kOfProgramsThatState), " ", counts.graduate_program_count())};
}

void PrintTaught(Printer& printer, const gateway::v1::SkillSeatsSection& section) {
  printer.Heading(printer.Say(label::kTaught));
  if (!HasAnswer(printer, section.provenance())) return;
  PrintSeatsOf(printer, section.seats());
  PrintProvenance(printer, section.provenance());
}

void PrintPosts(Printer& printer, const gateway::v1::PostsSection& section) {
  printer.Heading(printer.Say(label::kOpenPosts));
  if (!HasAnswer(printer, section.provenance())) return;
  PrintRecordKind(printer, section.statistics().record_kind());
  printer.Line(section.about());
  printer.Line(printer.Say(label::kPostsInNoSum));
  printer.Print(std::vector<std::vector<std::string>>{
      {printer.Say(label::kPosts), GapText(section.post_count(), printer.language())},
      {printer.Say(label::kOfferedUnclassified),
       CountText(section.statistics().unclassified_count())}});
  printer.EmptyLine();
  PrintSource(printer, section.statistics().record_kind(), section.statistics().sources(), false);
  PrintProvenance(printer, section.provenance());
}

// Of a section that some pages lack, that it is lacking.
template <class Section>
void KeepWorse(Section& page, Section& all) {
  const bool whole = all.provenance().state() == gateway::v1::SECTION_STATE_FRESH;
  if (whole && page.provenance().state() != gateway::v1::SECTION_STATE_FRESH) all.Swap(&page);
}

}  // namespace

void PrintSeatsOf(Printer& printer, const education::v1::ListSkillSeatsResponse& seats) {
  PrintRecordKind(printer, seats.record_kind());
  printer.Line(absl::StrCat(printer.Say(label::kSchoolCycle), " ", seats.period(), "; ",
                            printer.Say(label::kSeatsOfAllSectors)));
  if (seats.has_total()) {
    printer.Print(std::vector<std::vector<std::string>>{
        SeatsRow(printer, label::kAllSeats, seats.total()),
        SeatsRow(printer, label::kSeatsWithoutSkill, seats.without_skill()),
        SeatsRow(printer, label::kSeatsWithoutState, seats.without_state())});
  }
  printer.EmptyLine();
  PrintSource(printer, seats.record_kind(), seats.sources(), seats.more_sources());
}

void AddPage(ListSkillGapsResponse& page, ListSkillGapsResponse& all) {
  all.mutable_skill_gaps()->MergeFrom(page.skill_gaps());
  all.set_next_page_token(page.next_page_token());
  KeepWorse(*page.mutable_demand(), *all.mutable_demand());
  KeepWorse(*page.mutable_seats(), *all.mutable_seats());
  KeepWorse(*page.mutable_posts(), *all.mutable_posts());
  for (const gateway::v1::HoleMeaning& meaning : page.holes()) {
    const bool told = std::any_of(all.holes().begin(), all.holes().end(),
                                  [&](const auto& one) { return one.hole() == meaning.hole(); });
    if (!told) *all.add_holes() = meaning;
  }
}

void SortGaps(ListSkillGapsResponse& gaps) {
  const auto order = [](const SkillGap& gap) {
    return std::make_tuple(!IsTold(gap.difference()), -gap.difference().value(), gap.skill());
  };
  std::sort(gaps.mutable_skill_gaps()->begin(), gaps.mutable_skill_gaps()->end(),
            [&](const SkillGap& a, const SkillGap& b) { return order(a) < order(b); });
}

std::string GapText(const GapFigure& figure, Language language) {
  if (IsTold(figure)) {
    return figure.value() == 0 ? std::string(In(language, label::kNone))
                               : CountText(figure.value());
  }
  switch (figure.hole()) {
    case gateway::v1::HOLE_HIDDEN:
      return std::string(In(language, label::kHidden));
    case gateway::v1::HOLE_NOT_SPLIT:
      return std::string(In(language, label::kNotSplit));
    case gateway::v1::HOLE_NOT_ASKED:
      return std::string(In(language, label::kNotAsked));
    case gateway::v1::HOLE_KINDS_DIFFER:
      return std::string(In(language, label::kNotComparable));
    default:
      return std::string(In(language, label::kUnknown));
  }
}

void Print(Printer& printer, const ListSkillGapsRequest& request,
           const ListSkillGapsResponse& gaps) {
  printer.Heading(printer.Say(label::kGaps));
  printer.Line(AskedFor(printer, request, gaps));
  PrintSkills(printer, request, gaps);
  PrintNeed(printer, gaps.demand());
  PrintTaught(printer, gaps.seats());
  PrintPosts(printer, gaps.posts());
}

void Print(Printer& printer, const gateway::v1::SkillSeatsSection& section, bool digest) {
  printer.Heading(printer.Say(label::kTaught));
  if (!HasAnswer(printer, section.provenance())) return;
  Table table({{printer.Say(label::kSkill)},
               {printer.Say(label::kSeatsTaught), Column::kRight},
               {printer.Say(label::kPrograms), Column::kRight},
               {printer.Say(label::kOrganizations), Column::kRight}});
  for (const education::v1::SkillSeats& skill : section.seats().skill_seats()) {
    const education::v1::SeatCounts& seats = skill.seats();
    table.Add({LastId(skill.skill()), CountText(seats.seat_count()),
               CountText(seats.program_count()), CountText(seats.organization_count())});
  }
  printer.Print(table);
  printer.EmptyLine();
  PrintSeatsOf(printer, section.seats());
  PrintProvenance(printer, section.provenance(), digest);
}

}  // namespace puente::cli
