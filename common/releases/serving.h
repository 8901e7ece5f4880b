// What services that tell of releases of declared tables have in common.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/context/call.h"
#include "common/context/values.h"
#include "common/releases/releaser.h"
#include "common/releases/store.h"
#include "common/releases/telling.h"
#include "common/resource/newest_first.h"
#include "common/sql/session.h"
#include "common/status/error.h"
#include "common/status/macros.h"

namespace puente::releases {

// The releases of a family, as a service names them.
struct Source {
  absl::string_view agency;  // "education"
  const Family& family;
  absl::string_view prefix;  // of names: "awardReleases/"
  ErrorSpec not_found;       // of a name
};

std::string NameOf(const Source& source, const Release& release);
absl::StatusOr<Release> NamedRelease(sql::Session& session, const Source& source,
                                     absl::string_view name);

// The release that a question names, or the last one of the kind of records that counts on the day;
// nothing before the first. Says in the answer which it is, and of which records.
// POSITION_NOT_REACHED, INVALID_FRESHNESS_TOKEN; the source's not_found.
template <class Request, class Answer>
absl::StatusOr<std::optional<Release>> ReleaseFor(sql::Session& session, const Source& source,
                                                  absl::CivilDay day, const Request& request,
                                                  Answer& out) {
  ASSIGN_OR_RETURN(Telling telling,
                   ReadTelling(session, source.agency, source.family, day, request.at_least()));
  if (!request.release().empty()) {
    ASSIGN_OR_RETURN(telling.release, NamedRelease(session, source, request.release()));
    telling.kind = telling.release->record_kind;
  }
  out.set_record_kind(telling.kind);
  if (!telling.release) return telling.release;
  out.set_release(NameOf(source, *telling.release));
  *out.mutable_release_time() = ToProto(telling.release->create_time);
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(),
                   TokenOf(session, source.agency, *telling.release));
  return telling.release;
}

// The figures of a table that a question is about.
struct Figured {
  std::map<std::string, std::vector<store::ToldCell>> cells;  // by value of the first dimension
  std::map<int64_t, Release> as_of;                           // of the cells, by number
};
// `firsts` and `others`: as of store::ReadCells(); `firsts` may repeat themselves.
absl::StatusOr<Figured> ReadFigured(sql::Session& session, const Source& source,
                                    absl::string_view table, const Release& release,
                                    const std::vector<std::string>& firsts,
                                    const std::map<int, std::string>& others);

// A release as a resource.
template <class Message>
absl::Status WriteRelease(sql::Session& session, const Source& source, const Release& release,
                          Message& out) {
  out.set_name(NameOf(source, release));
  out.set_record_kind(release.record_kind);
  *out.mutable_last_date() = ToProto(release.last_date);
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(), TokenOf(session, source.agency, release));
  *out.mutable_create_time() = ToProto(release.create_time);
  return absl::OkStatus();
}
template <class Message>
absl::StatusOr<Message> GetRelease(sql::Session& session, const Source& source,
                                   absl::string_view name) {
  ASSIGN_OR_RETURN(const Release release, NamedRelease(session, source, name));
  Message out;
  RETURN_IF_ERROR(WriteRelease(session, source, release, out));
  return out;
}
// A page of all, the last one first: add(response) gives the next resource of it.
template <class Response, class Request, class Add>
absl::StatusOr<Response> ListReleases(const Call& call, sql::Session& session, const Source& source,
                                      const Request& request, const Add& add) {
  Response response;
  ASSIGN_OR_RETURN(const auto page,
                   resource::NewestFirst(call, request, response, [&](int64_t before, int most) {
                     return store::ReadReleases(session, source.family.name, before, most);
                   }));
  for (const Release& release : page) {
    RETURN_IF_ERROR(WriteRelease(session, source, release, add(response)));
  }
  return response;
}

}  // namespace puente::releases
