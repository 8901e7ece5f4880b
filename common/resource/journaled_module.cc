#include "common/resource/journaled_module.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "common/identity/spiffe.h"
#include "common/personal/fields.h"
#include "common/resource/record_counts.h"
#include "common/resource/references.h"
#include "common/status/macros.h"
#include "puente/api/v1/options.pb.h"
#include "schema/due.h"
#include "schema/journal.h"
#include "schema/resource.h"

namespace puente::resource {

JournaledModule::JournaledModule(const hosting::Surroundings& around)
    : host_(around.host),
      database_(around.database.value_or(sql::Target{})),
      due_({.caller = identity::ServerPath(host_.options().agency), .target = database_}) {
  host_.metrics().Add([this] { return due_.Metrics(); });
}

std::vector<const Spec*> JournaledModule::Specs() const {
  return Spec::Of(absl::StrCat("puente.", host_.options().agency, ".v1"));
}

namespace {

using nlohmann::ordered_json;

ordered_json Lists(const Spec& spec) {
  ordered_json lists = ordered_json::array();
  for (const ServedList& list : spec.lists()) {
    ordered_json by = ordered_json::array(), order = ordered_json::array();
    for (const FilterField& field : list.fields) {
      by.push_back(absl::StrCat(field.field, field.kind == FilterField::Kind::kPrefix ? "*" : ""));
    }
    for (const OrderColumn& column : list.order) {
      order.push_back(absl::StrCat(column.column, column.descending ? " desc" : ""));
    }
    lists.push_back({{"by", by}, {"order", order}, {"order_by", list.order_by}});
  }
  return lists;
}

ordered_json States(const Spec& spec) {
  const auto name = [&](int number) {
    return spec.state()->enum_type()->FindValueByNumber(number)->name();
  };
  ordered_json states = ordered_json::array();
  for (const Transition& row : spec.states()) {
    ordered_json from = ordered_json::array();
    for (const int number : row.from) from.push_back(name(number));
    states.push_back({{"verb", std::string(row.verb)},
                      {"from", from},
                      {"to", row.to == kSame ? "" : name(row.to)},
                      {"refusal", row.from.empty() ? "" : std::string(spec.refusal().reason)}});
  }
  return states;
}

ordered_json Errors(const Spec& spec) {
  ordered_json errors = ordered_json::array();
  for (const ErrorSpec* error : spec.errors()) {
    errors.push_back({{"reason", std::string(error->reason)},
                      {"code", absl::StatusCodeToString(error->code)},
                      {"domain", std::string(error->domain)},
                      {"es", std::string(error->es)},
                      {"en", std::string(error->en)}});
  }
  return errors;
}

ordered_json Personal(const Spec& spec) {
  ordered_json fields = ordered_json::array();
  for (int i = 0; i < spec.type().field_count(); ++i) {
    const auto& field = *spec.type().field(i);
    if (!personal::IsPersonal(field)) continue;
    const auto& why = field.options().GetExtension(api::v1::personal);
    fields.push_back({{"field", field.name()}, {"why_es", why.why_es()}, {"why_en", why.why_en()}});
  }
  return fields;
}

// Who may know how much others have written: the agency itself, and auditors.
bool Oversees(const Caller& caller, absl::string_view agency) {
  return caller.path == identity::ServerPath(agency) || caller.kind() == "auditor";
}

bool MayListAll(const Caller& caller, const Spec& spec, calls::Host& host) {
  const auto* list = spec.contract().Standard("List");
  if (list == nullptr) return false;
  const identity::MethodAccess& access = host.MethodOf(list->input_type()).access;
  return access.Allows(caller.path) && !access.OwnerOnly(caller.path);
}

}  // namespace

std::string JournaledModule::Resources() const {
  Resolve();
  ordered_json resources = ordered_json::array();
  for (const Spec* spec : Specs()) {
    resources.push_back({{"message", spec->type().full_name()},
                         {"pattern", spec->pattern().text()},
                         {"table", spec->table()},
                         {"owner", spec->owner() == nullptr ? "" : spec->owner()->kind},
                         {"hides", spec->hides()},
                         {"lists", Lists(*spec)},
                         {"states", States(*spec)},
                         {"personal", Personal(*spec)},
                         {"errors", Errors(*spec)}});
  }
  return resources.dump();
}

void JournaledModule::Resolve() const {
  for (const Spec* spec : Specs()) References(*spec).Resolve();
}

absl::Status JournaledModule::Start() {
  Resolve();
  sql::Session session(database_);
  ASSIGN_OR_RETURN(journal::Tokens tokens, journal::ReadTokens(session, host_.options().agency));
  sequencer_ =
      std::make_unique<journal::Sequencer>(journal::SequencerOptions{.tokens = std::move(tokens),
                                                                     .target = database_,
                                                                     .edition = Edition(),
                                                                     .clock = &host_.clock()});
  host_.set_sequencer(sequencer_.get());
  due_.Start(host_.journal());
  return absl::OkStatus();
}

void JournaledModule::Stop() {
  due_.Stop();
  host_.set_sequencer(nullptr);
  sequencer_.reset();
}

absl::Status JournaledModule::Describe(const Call& call, sql::Session* session,
                                       api::v1::Server& server) {
  const bool oversees = Oversees(call.caller, host_.options().agency);
  std::vector<const Spec*> countable = Specs();
  std::erase_if(countable, [&](const Spec* spec) {
    return !oversees && !MayListAll(call.caller, *spec, host_);
  });
  ASSIGN_OR_RETURN(const std::vector<api::v1::RecordCount> counts,
                   ReadRecordCounts(*session, countable));
  server.mutable_record_counts()->Assign(counts.begin(), counts.end());
  if (!oversees) return absl::OkStatus();
  server.set_journal_position(sequencer_->head());
  ASSIGN_OR_RETURN(const std::vector<api::v1::DueWork> work, due::ReadDueWork(*session));
  server.mutable_due_work()->Assign(work.begin(), work.end());
  return absl::OkStatus();
}

std::vector<sql::Migration> WithJournal(const std::vector<sql::Migration>& own) {
  std::vector<sql::Migration> migrations = schema::journal();
  for (const std::vector<sql::Migration>& more : {schema::due(), schema::resource(), own}) {
    migrations.insert(migrations.end(), more.begin(), more.end());
  }
  return migrations;
}

}  // namespace puente::resource
