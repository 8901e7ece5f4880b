#include "common/agency/counted_kinds.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/agency/errors.h"
#include "common/calls/service.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/fields/rules.h"
#include "common/resource/newest_first.h"
#include "common/sql/error.h"
#include "common/status/violation.h"
#include "puente/api/v1/counted_kind.grpc.pb.h"

namespace puente::agency {
namespace {

using api::v1::CreateCountedKindRequest;
using api::v1::ListCountedKindsRequest;
using api::v1::ListCountedKindsResponse;

constexpr sql::BulkInsert kInsert{
    "counted_kind.insert",
    "INSERT INTO counted_kind (id, collection, record_kind, effective_date, caller, actor,"
    " create_time) VALUES",
    7};

// The columns of a setting, and what picks and orders the rows.
std::string Select(absl::string_view rest) {
  return absl::StrCat("SELECT id AS _id, number AS _number, collection, record_kind, ",
                      "effective_date, caller, actor, ", sql::Micros("create_time"),
                      " AS create_time FROM counted_kind ", rest);
}

struct Setting {
  int64_t number = 0;
  api::v1::CountedKind said;
};

absl::StatusOr<std::vector<Setting>> ReadSettings(sql::Session& session, const sql::Query& query,
                                                  absl::Span<const sql::Value> values) {
  std::vector<Setting> settings;
  RETURN_IF_ERROR(
      session.EachInto(query, values, api::v1::CountedKind::descriptor(), [&](const sql::Row& row) {
        Setting& setting = settings.emplace_back();
        setting.number = row.Int64(1);
        RETURN_IF_ERROR(row.Into(setting.said));
        setting.said.set_name(absl::StrCat("countedKinds/", row.Text(0)));
        return absl::OkStatus();
      }));
  return settings;
}

absl::StatusOr<api::v1::CountedKind> InForce(sql::Session& session, const std::string& collection,
                                             absl::CivilDay day) {
  static const auto* const text =
      new std::string(Select("WHERE collection = ? AND effective_date <= ?"
                             " ORDER BY effective_date DESC, number DESC LIMIT 1"));
  ASSIGN_OR_RETURN(std::vector<Setting> found,
                   ReadSettings(session, {"counted_kind.in_force", *text},
                                {collection, absl::FormatCivilTime(day)}));
  if (!found.empty()) return std::move(found.front().said);
  api::v1::CountedKind usual;
  usual.set_collection(collection);
  usual.set_record_kind(type::v1::RECORD_KIND_REAL);
  return usual;
}

absl::Status Insert(journal::Transaction& tx, const std::string& id,
                    const api::v1::CountedKind& setting, absl::Time now) {
  return tx.InsertRows(kInsert, {id, setting.collection(), static_cast<int>(setting.record_kind()),
                                 absl::FormatCivilTime(ToCivilDay(setting.effective_date())),
                                 setting.caller(), setting.actor(), now});
}

absl::StatusOr<api::v1::CountedKind> CreateCountedKind(const Call& call, journal::Transaction& tx,
                                                       const CreateCountedKindRequest& request,
                                                       const Collections& collections) {
  api::v1::CountedKind setting = request.counted_kind();
  if (!absl::c_linear_search(collections, setting.collection())) {
    return InvalidFields({Against(rule::kOneOf, "values"_is(absl::StrJoin(collections, ", ")))
                              .At("counted_kind.collection")});
  }
  setting.set_name(absl::StrCat("countedKinds/", request.counted_kind_id()));
  setting.set_caller(call.caller.path);
  setting.set_actor(call.actor);
  *setting.mutable_create_time() = ToProto(call.start);
  const absl::Status stored = Insert(tx, request.counted_kind_id(), setting, call.start);
  if (sql::IsDuplicate(stored)) {
    return Error(error::kCountedKindAlreadyExists, "name"_is(setting.name()));
  }
  RETURN_IF_ERROR(stored);
  tx.Changed(setting.name(), 1, crypto::Sha256(crypto::Canonical(setting)));
  return setting;
}

absl::StatusOr<ListCountedKindsResponse> ListCountedKinds(const Call& call, sql::Session& session,
                                                          const ListCountedKindsRequest& request) {
  static const auto* const text =
      new std::string(Select("WHERE number < ? ORDER BY number DESC LIMIT ?"));
  ListCountedKindsResponse response;
  ASSIGN_OR_RETURN(auto page,
                   resource::NewestFirst(call, request, response, [&](int64_t before, int most) {
                     return ReadSettings(session, {"counted_kind.list", *text}, {before, most});
                   }));
  for (Setting& setting : page) *response.add_counted_kinds() = std::move(setting.said);
  return response;
}

}  // namespace

absl::StatusOr<type::v1::RecordKind> CountedKind(sql::Session& session,
                                                 const resource::Spec& counted,
                                                 absl::CivilDay day) {
  ASSIGN_OR_RETURN(const api::v1::CountedKind setting,
                   InForce(session, counted.contract().plural(), day));
  return setting.record_kind();
}

absl::StatusOr<std::vector<api::v1::CountedKind>> CountedKindsOn(sql::Session& session,
                                                                 const Collections& collections,
                                                                 absl::CivilDay day) {
  std::vector<api::v1::CountedKind> settings;
  for (const std::string& collection : collections) {
    ASSIGN_OR_RETURN(settings.emplace_back(), InForce(session, collection, day));
  }
  return settings;
}

void ServeCountedKinds(calls::Host& host, const Collections& collections) {
  calls::Service& kinds = host.Serve<api::v1::CountedKindService>();
  kinds.Mutate<&CreateCountedKind>(collections);
  kinds.Read<&ListCountedKinds>();
}

}  // namespace puente::agency
