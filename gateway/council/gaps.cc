#include "gateway/council/gaps.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/context/clock.h"
#include "common/resource/page.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "gateway/vacancies/vacancies.h"
#include "puente/economy/v1/sector_table.grpc.pb.h"
#include "puente/economy/v1/skill_demand.grpc.pb.h"
#include "puente/education/v1/seat_statistics.grpc.pb.h"
#include "puente/labor/v1/statistics.grpc.pb.h"

namespace puente::council {
namespace {

using compose::Agency;
using compose::Inputs;
using compose::Plan;
using compose::Results;
using compose::Rpc;
using compose::Section;
using economy::v1::GetSectorTableRequest;
using economy::v1::ListSkillDemandRequest;
using economy::v1::ListSkillDemandResponse;
using economy::v1::SectorTable;
using economy::v1::SectorTableService;
using economy::v1::SkillDemandService;
using education::v1::ListSkillSeatsRequest;
using education::v1::ListSkillSeatsResponse;
using education::v1::SeatStatisticsService;
using gateway::v1::GapFigure;
using gateway::v1::Hole;
using gateway::v1::ListSkillGapsRequest;
using gateway::v1::ListSkillGapsResponse;
using gateway::v1::PostsSection;
using gateway::v1::SectorSection;
using gateway::v1::SkillDemandSection;
using gateway::v1::SkillGap;
using gateway::v1::SkillSeatsSection;
using labor::v1::GetVacancyStatisticsRequest;
using labor::v1::VacancyStatistics;
using labor::v1::VacancyStatisticsService;

// What page tokens are bound to, beside the question.
constexpr char kList[] = "puente.gateway.v1.CouncilService.ListSkillGaps";

bool IsTransversal(const ListSkillGapsRequest& request) {
  return request.kind() == gateway::v1::SKILL_GAP_KIND_TRANSVERSAL;
}

// The texts of a question, in the order of its fields.
std::vector<std::string> Question(const ListSkillGapsRequest& request) {
  return {kList,
          request.sector(),
          request.state_code(),
          request.period(),
          absl::StrJoin(request.skills(), ","),
          IsTransversal(request) ? "transversal" : ""};
}

std::vector<absl::string_view> Views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

const ListSkillGapsRequest& RequestOf(const Inputs& inputs) {
  return inputs.request<ListSkillGapsRequest>();
}

bool HasSector(const Inputs& inputs) { return !RequestOf(inputs).sector().empty(); }

absl::StatusOr<GetSectorTableRequest> AskSector(const Inputs& inputs) {
  GetSectorTableRequest request;
  request.set_name(RequestOf(inputs).sector());
  return request;
}

absl::StatusOr<ListSkillDemandRequest> AskDemand(const Inputs& inputs) {
  const ListSkillGapsRequest& view = RequestOf(inputs);
  ASSIGN_OR_RETURN(const GapsCursor cursor, CursorOf(view));
  ListSkillDemandRequest request;
  request.set_sector_table(view.sector());
  request.set_state_code(view.state_code());
  *request.mutable_skills() = view.skills();
  request.set_transversal(IsTransversal(view));
  request.set_after(cursor.after);
  request.set_release(cursor.release);
  request.set_page_size(resource::PageSize(view.page_size()));
  return request;
}

absl::StatusOr<ListSkillSeatsRequest> AskSeats(const Inputs& inputs) {
  const ListSkillGapsRequest& view = RequestOf(inputs);
  ASSIGN_OR_RETURN(const GapsCursor cursor, CursorOf(view));
  ListSkillSeatsRequest request;
  request.set_state_code(view.state_code());
  request.set_period(cursor.period);
  *request.mutable_skills() = view.skills();
  request.set_after(cursor.after);
  request.set_page_size(resource::PageSize(view.page_size()));
  return request;
}

// For the skills of Economy's page. NO_SKILLS rather than none, which would mean all.
absl::StatusOr<ListSkillSeatsRequest> AskSeatsOfDemand(const Inputs& inputs) {
  ASSIGN_OR_RETURN(ListSkillSeatsRequest request, AskSeats(inputs));
  request.clear_skills();
  for (const auto& demand : inputs.answer<ListSkillDemandResponse>("demand")->skill_demand()) {
    request.add_skills(demand.skill());
  }
  if (request.skills().empty()) return Error(error::kNoTransversalSkills);
  return request;
}

absl::StatusOr<GetVacancyStatisticsRequest> AskPosts(const Inputs& inputs) {
  return vacancies::Ask(RequestOf(inputs).state_code(), inputs.answer<SectorTable>("sector"),
                        LegalDay(inputs.now()));
}

const std::vector<absl::StatusCode>& CallersFaults() {
  static const auto* const faults = new std::vector<absl::StatusCode>{
      absl::StatusCode::kNotFound, absl::StatusCode::kInvalidArgument};
  return *faults;
}

Section SeatsSection(absl::StatusOr<ListSkillSeatsRequest> (*ask)(const Inputs&)) {
  return Section("seats", Agency::kEducation,
                 Rpc<SeatStatisticsService>(&SeatStatisticsService::Stub::async::ListSkillSeats),
                 ask)
      .EndsViewOn(CallersFaults());
}

Plan MakePlan(std::string name, Section seats) {
  return Plan::Make(
             std::move(name),
             {
                 Section("sector", Agency::kEconomy,
                         Rpc<SectorTableService>(&SectorTableService::Stub::async::GetSectorTable),
                         &AskSector)
                     .When(&HasSector)
                     .EndsViewOn(CallersFaults()),
                 Section("demand", Agency::kEconomy,
                         Rpc<SkillDemandService>(&SkillDemandService::Stub::async::ListSkillDemand),
                         &AskDemand)
                     .EndsViewOn(CallersFaults()),
                 std::move(seats),
                 Section("posts", Agency::kLabor,
                         Rpc<VacancyStatisticsService>(
                             &VacancyStatisticsService::Stub::async::GetVacancyStatistics),
                         &AskPosts)
                     .After({"sector"}),
             })
      .value();
}

GapFigure Value(int64_t value) {
  GapFigure figure;
  figure.set_value(value);
  return figure;
}

GapFigure Missing(Hole hole) {
  GapFigure figure;
  figure.set_hole(hole);
  return figure;
}

GapFigure ToGap(const type::v1::Figure& figure) {
  if (figure.outcome_case() == type::v1::Figure::kValue) return Value(figure.value());
  return Missing(figure.mark() == type::v1::MARK_SUPPRESSED ? gateway::v1::HOLE_HIDDEN
                                                            : gateway::v1::HOLE_UNKNOWN);
}

// One page of gaps, from what the agencies told.
class Page {
 public:
  Page(const Results& results, const ListSkillGapsRequest& request)
      : request_(request),
        demand_(results.AnswerOf<ListSkillDemandResponse>("demand")),
        seats_(results.AnswerOf<ListSkillSeatsResponse>("seats")) {
    if (demand_ != nullptr) {
      for (const auto& one : demand_->skill_demand()) needed_[one.skill()] = &one;
    }
    if (seats_ != nullptr) {
      for (const auto& one : seats_->skill_seats()) taught_[one.skill()] = &one;
    }
  }

  // The skills of the page, and whether there are more.
  std::pair<std::vector<std::string>, bool> Skills(const GapsCursor& cursor) const {
    std::set<std::string> names(request_.skills().begin(), request_.skills().end());
    names.erase(names.begin(), names.upper_bound(cursor.after));
    bool more = false;
    if (request_.skills().empty()) {
      for (const auto& [skill, one] : needed_) names.insert(skill);
      for (const auto& [skill, one] : taught_) names.insert(skill);
      more = (demand_ != nullptr && !demand_->next_page_token().empty()) ||
             (seats_ != nullptr && !seats_->next_page_token().empty());
    }
    std::vector<std::string> skills(names.begin(), names.end());
    const size_t size = resource::PageSize(request_.page_size());
    if (skills.size() > size) {
      skills.resize(size);
      more = true;
    }
    return {std::move(skills), more};
  }

  SkillGap Gap(const std::string& skill) const {
    SkillGap gap;
    gap.set_skill(skill);
    *gap.mutable_people_needed() = Needed(skill);
    *gap.mutable_seats_taught() = Taught(skill);
    *gap.mutable_seats_without_state() = WithoutState(skill);
    *gap.mutable_difference() =
        Difference(gap.people_needed(), gap.seats_taught(), gap.seats_without_state());
    *gap.mutable_sector_tables() = Tables(skill);
    gap.set_transversal(demand_ != nullptr && gap.sector_tables().value() > 1 &&
                        gap.sector_tables().value() * 2 > demand_->sector_table_count());
    return gap;
  }

 private:
  GapFigure Needed(const std::string& skill) const {
    if (demand_ == nullptr) return Missing(gateway::v1::HOLE_UNKNOWN);
    const auto found = needed_.find(skill);
    return ToGap(found == needed_.end() ? demand_->others() : found->second->head_count());
  }

  // What Education does not list, nobody teaches.
  GapFigure Taught(const std::string& skill) const {
    if (seats_ == nullptr) return Missing(gateway::v1::HOLE_UNKNOWN);
    const auto found = taught_.find(skill);
    return Value(found == taught_.end() ? 0 : found->second->seats().seat_count());
  }

  GapFigure WithoutState(const std::string& skill) const {
    if (request_.state_code().empty()) return Missing(gateway::v1::HOLE_NOT_ASKED);
    if (seats_ == nullptr) return Missing(gateway::v1::HOLE_UNKNOWN);
    const auto found = taught_.find(skill);
    return Value(found == taught_.end() ? 0 : found->second->seats_without_state());
  }

  GapFigure Difference(const GapFigure& needed, const GapFigure& taught,
                       const GapFigure& without_state) const {
    for (const GapFigure* figure : {&needed, &taught}) {
      if (figure->outcome_case() == GapFigure::kHole) return *figure;
    }
    if (KindsDiffer()) return Missing(gateway::v1::HOLE_KINDS_DIFFER);
    const bool all_split = demand_ == nullptr || demand_->could_not_split().empty();
    if (without_state.value() > 0 || !all_split) return Missing(gateway::v1::HOLE_NOT_SPLIT);
    return Value(needed.value() - taught.value());
  }

  // Each agency has set for itself which kind of records counts.
  bool KindsDiffer() const {
    return demand_ != nullptr && seats_ != nullptr &&
           demand_->record_kind() != seats_->record_kind();
  }

  // That no table is told to need it is as little as that it is hidden.
  GapFigure Tables(const std::string& skill) const {
    if (!IsTransversal(request_)) return Missing(gateway::v1::HOLE_NOT_ASKED);
    if (demand_ == nullptr) return Missing(gateway::v1::HOLE_UNKNOWN);
    const auto found = needed_.find(skill);
    const int32_t count = found == needed_.end() ? 0 : found->second->sector_table_count();
    return count > 0 ? Value(count) : ToGap(demand_->others());
  }

  const ListSkillGapsRequest& request_;
  const ListSkillDemandResponse* const demand_;
  const ListSkillSeatsResponse* const seats_;
  std::map<std::string, const economy::v1::SkillDemand*> needed_;
  std::map<std::string, const education::v1::SkillSeats*> taught_;
};

struct Words {
  const char* es;
  const char* en;
};

Words WordsOf(Hole hole) {
  switch (hole) {
    case gateway::v1::HOLE_HIDDEN:
      return {
          "Reservado, o nadie lo ha declarado: no se dice cuál de los dos, para no revelar datos "
          "de una sola empresa.",
          "Withheld, or nobody stated it: which of the two is not told, so that nothing of a "
          "single company shows."};
    case gateway::v1::HOLE_UNKNOWN:
      return {"No se sabe: la dependencia no respondió o aún no tiene cifras.",
              "Unknown: its agency gave no answer, or has no figures yet."};
    case gateway::v1::HOLE_NOT_SPLIT:
      return {
          "No se puede dividir como se pidió: hay registros que no dicen a qué parte "
          "pertenecen.",
          "Not split as was asked: some records don't say which part they belong to."};
    case gateway::v1::HOLE_NOT_ASKED:
      return {"La consulta no lo pide.", "The question does not ask for it."};
    case gateway::v1::HOLE_KINDS_DIFFER:
      return {"No se comparan: unas cifras son de registros reales y otras de generados.",
              "Not compared: some figures are of real records and others of generated ones."};
    default:
      return {"", ""};
  }
}

void AddMeanings(Locale locale, ListSkillGapsResponse& view) {
  std::set<Hole> holes = {view.posts().post_count().hole()};
  for (const SkillGap& gap : view.skill_gaps()) {
    for (const GapFigure* figure : {&gap.people_needed(), &gap.seats_taught(), &gap.difference(),
                                    &gap.seats_without_state(), &gap.sector_tables()}) {
      holes.insert(figure->hole());
    }
  }
  holes.erase(gateway::v1::HOLE_UNSPECIFIED);
  for (const Hole hole : holes) {
    gateway::v1::HoleMeaning& meaning = *view.add_holes();
    meaning.set_hole(hole);
    meaning.set_text(locale == Locale::kSpanish ? WordsOf(hole).es : WordsOf(hole).en);
  }
}

void WritePosts(const Results& results, const ListSkillGapsRequest& request, Locale locale,
                PostsSection& posts) {
  results.Write("posts", &posts, &PostsSection::mutable_statistics);
  if (!posts.has_statistics()) {
    *posts.mutable_post_count() = Missing(gateway::v1::HOLE_UNKNOWN);
    return;
  }
  *posts.mutable_post_count() = vacancies::PostsOf(posts.statistics());
  std::vector<std::string> states;
  if (!request.state_code().empty()) states.push_back(request.state_code());
  posts.set_about(vacancies::About(states, results.AnswerOf<SectorTable>("sector"), locale));
}

}  // namespace

absl::StatusOr<GapsCursor> CursorOf(const ListSkillGapsRequest& request) {
  if (request.page_token().empty()) return GapsCursor{"", "", request.period()};
  const std::vector<std::string> question = Question(request);
  ASSIGN_OR_RETURN(std::vector<std::string> cursor,
                   resource::ParsePageToken(Views(question), request.page_token(), 3));
  return GapsCursor{std::move(cursor[0]), std::move(cursor[1]), std::move(cursor[2])};
}

const Plan& GapsPlan() {
  static const auto* const plan = new Plan(MakePlan("council.gaps", SeatsSection(&AskSeats)));
  return *plan;
}

const Plan& TransversalGapsPlan() {
  static const auto* const plan = new Plan(
      MakePlan("council.transversal_gaps", SeatsSection(&AskSeatsOfDemand).After({"demand"})));
  return *plan;
}

const Plan& PlanOf(const ListSkillGapsRequest& request) {
  return IsTransversal(request) && request.skills().empty() ? TransversalGapsPlan() : GapsPlan();
}

ListSkillGapsResponse ComposeGaps(const Results& results, const ListSkillGapsRequest& request,
                                  Locale locale) {
  ListSkillGapsResponse view;
  if (results["sector"].asked) {
    results.Write("sector", view.mutable_sector(), &SectorSection::mutable_table);
  }
  results.Write("demand", view.mutable_demand(), &SkillDemandSection::mutable_demand);
  results.Write("seats", view.mutable_seats(), &SkillSeatsSection::mutable_seats);
  WritePosts(results, request, locale, *view.mutable_posts());
  GapsCursor cursor = CursorOf(request).value_or(GapsCursor());
  const Page page(results, request);
  const auto [skills, more] = page.Skills(cursor);
  for (const std::string& skill : skills) *view.add_skill_gaps() = page.Gap(skill);
  if (more && !skills.empty()) {
    cursor.after = skills.back();
    if (view.demand().has_demand()) cursor.release = view.demand().demand().release();
    if (view.seats().has_seats()) cursor.period = view.seats().seats().period();
    const std::vector<std::string> question = Question(request);
    view.set_next_page_token(
        resource::MakePageToken(Views(question), {cursor.after, cursor.release, cursor.period}));
  }
  AddMeanings(locale, view);
  return view;
}

}  // namespace puente::council
