#include "modules/education/hour_entries/resource.h"

namespace puente::education {

const resource::Resource<v1::HourEntry>& HourEntries() {
  // It begins with ClaimHourEntry, CLAIMED. Which side may lead it on, the rules say.
  static const resource::Resource<v1::HourEntry> entries({
      .table = "hour_entry",
      .lists = {{.by = {"state"}, .index = "by_state"},
                {.by = {"company"}, .index = "by_company"},
                {.by = {"company", "state"}, .index = "by_company_state"}},
      .hides = true,
      .states = {{.verb = "ConfirmHourEntry",
                  .from = {v1::HOUR_ENTRY_STATE_CLAIMED, v1::HOUR_ENTRY_STATE_DISPUTED},
                  .to = v1::HOUR_ENTRY_STATE_CONFIRMED},
                 {.verb = "DisputeHourEntry",
                  .from = {v1::HOUR_ENTRY_STATE_CLAIMED},
                  .to = v1::HOUR_ENTRY_STATE_DISPUTED},
                 {.verb = "VoidHourEntry",
                  .from = {v1::HOUR_ENTRY_STATE_CLAIMED, v1::HOUR_ENTRY_STATE_DISPUTED},
                  .to = v1::HOUR_ENTRY_STATE_VOIDED}},
      .over = {v1::HOUR_ENTRY_STATE_VOIDED},
  });
  return entries;
}

}  // namespace puente::education
