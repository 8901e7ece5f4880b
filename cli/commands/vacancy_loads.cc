#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "puente/labor/v1/vacancy_load.pb.h"

namespace puente::cli {
namespace {

using labor::v1::VacancyLoad;

constexpr char kList[] = "puente.labor.v1.VacancyLoadService/ListVacancyLoads";
constexpr char kTakeBack[] = "puente.labor.v1.VacancyLoadService/TakeBackVacancyLoad";
constexpr int kPage = 1000;

constexpr Label kLoad{"load", "carga"};
constexpr Label kState{"state", "estado"};
constexpr Label kSupplier{"supplier", "proveedor"};
constexpr Label kLoadedAt{"loaded at", "cargada"};
constexpr Label kClosedRows{"closed", "cerradas"};
constexpr Label kKeptRows{"left alone", "sin tocar"};
constexpr Label kStands{"stands", "vigente"};
constexpr Label kTakingBack{"being taken back", "retirándose"};
constexpr Label kTakenBack{"taken back", "retirada"};

Label StateLabel(labor::v1::VacancyLoadState state) {
  switch (state) {
    case labor::v1::VACANCY_LOAD_STATE_LOADED:
      return kStands;
    case labor::v1::VACANCY_LOAD_STATE_TAKING_BACK:
      return kTakingBack;
    case labor::v1::VACANCY_LOAD_STATE_TAKEN_BACK:
      return kTakenBack;
    default:
      return label::kUnknown;
  }
}

Table LoadTable(Session& session, const labor::v1::ListVacancyLoadsResponse& loads) {
  Table table({{session.Say(kState)},
               {session.Say(kLoadedAt)},
               {session.Say(label::kLoaded), Column::kRight},
               {session.Say(kClosedRows), Column::kRight},
               {session.Say(kKeptRows), Column::kRight},
               {session.Say(kLoad), Column::kBelow},
               {session.Say(kSupplier), Column::kTextBelow}});
  for (const VacancyLoad& load : loads.vacancy_loads()) {
    table.Add({session.Say(StateLabel(load.state())), TimeText(load.create_time()),
               CountText(load.loaded_count()), CountText(load.closed_count()),
               CountText(load.kept_count()), LastId(load.name()),
               absl::StrCat(load.supplier(), ", ", load.source())});
  }
  return table;
}

}  // namespace

ExitCode VacancyLoads(Session& session) {
  if (const ExitCode code = session.Open("supplier/portal"); code != kOk) return code;
  labor::v1::ListVacancyLoadsRequest request;
  request.set_page_size(kPage);
  // A supplier sees its own alone, and has to say so.
  const std::string& caller = session.client().channels().caller();
  if (absl::StartsWith(caller, "supplier/")) {
    request.set_filter(absl::StrCat("supplier = \"", caller, "\""));
  }
  if (session.Explains("labor", kList, request)) return kOk;
  labor::v1::ListVacancyLoadsResponse all;
  if (!session.CallForAll("labor", kList, request, &all)) return kFailure;
  session.PrintList(all, LoadTable(session, all));
  return kOk;
}

ExitCode TakeBackLoad(Session& session, const std::string& load) {
  if (const ExitCode code = session.Open("supplier/portal"); code != kOk) return code;
  labor::v1::TakeBackVacancyLoadRequest request;
  request.set_name(VacancyLoadName(load));
  request.set_request_id(session.request_id());
  if (session.Explains("labor", kTakeBack, request)) return kOk;
  VacancyLoad after;
  if (!session.Call("labor", kTakeBack, request, &after)) return kFailure;
  if (session.PrintForPrograms(after)) return kOk;
  session.out() << after.name() << ": " << session.Say(StateLabel(after.state())) << ", "
                << CountText(after.closed_count()) << " " << session.Say(label::kOf) << " "
                << CountText(after.loaded_count()) << " " << session.Say(kClosedRows) << "\n";
  return kOk;
}

}  // namespace puente::cli
