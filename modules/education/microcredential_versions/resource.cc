#include "modules/education/microcredential_versions/resource.h"

#include "absl/time/civil_time.h"
#include "common/context/values.h"
#include "common/names/text.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

// Of what is not to be reviewed a day that does not come.
sql::Value ReviewDay(const v1::MicrocredentialVersion& version) {
  constexpr absl::CivilDay kNever(9999, 12, 31);
  return absl::FormatCivilTime(version.has_review_date() ? ToCivilDay(version.review_date())
                                                         : kNever);
}

sql::Value TitleSlug(const v1::MicrocredentialVersion& version) { return Slug(version.title_es()); }

}  // namespace

const resource::Resource<v1::MicrocredentialVersion>& MicrocredentialVersions() {
  static const resource::Resource<v1::MicrocredentialVersion> versions({
      .table = "microcredential_version",
      .lists = {{.by = {"state"}, .index = "by_state"},
                {.by = {"state"},
                 .order = {"review_day"},
                 .index = "by_review",
                 .order_by = "review_date",
                 .index_within = "by_review_within"},
                {.by = {"state", "title_slug*"},
                 .index = "by_title",
                 .index_within = "by_title_within"},
                {.by = {"organization"}, .index = "by_organization"}},
      .derived = {{"review_day", &ReviewDay}, {"title_slug", &TitleSlug}},
      .numbered = true,
      .guarded = true,
      .states = {{.verb = "CreateMicrocredentialVersion", .to = v1::MICROCREDENTIAL_STATE_DRAFT},
                 {.verb = "UpdateMicrocredentialVersion",
                  .from = {v1::MICROCREDENTIAL_STATE_DRAFT}},
                 {.verb = "DeleteMicrocredentialVersion",
                  .from = {v1::MICROCREDENTIAL_STATE_DRAFT}},
                 {.verb = "PublishMicrocredentialVersion",
                  .from = {v1::MICROCREDENTIAL_STATE_DRAFT},
                  .to = v1::MICROCREDENTIAL_STATE_PUBLISHED},
                 {.verb = "ReviewMicrocredentialVersion",
                  .from = {v1::MICROCREDENTIAL_STATE_DRAFT, v1::MICROCREDENTIAL_STATE_PUBLISHED}}},
      .refusal = &error::kMicrocredentialVersionNotDraft,
  });
  return versions;
}

}  // namespace puente::education
