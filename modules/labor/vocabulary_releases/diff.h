// What changed between two releases, as the services of their terms answer it.
#pragma once

#include <string>
#include <vector>

#include "common/resource/serve.h"
#include "modules/labor/vocabulary_releases/content.h"
#include "modules/labor/vocabulary_releases/resource.h"

namespace puente::labor {

// The page of differences that a request asks for.
template <class Response, class Request>
absl::StatusOr<Response> DiffReleases(const Call& call, sql::Session& session,
                                      const Request& request, const resource::Spec& spec) {
  const NamePattern& pattern = VocabularyReleases().pattern();
  std::vector<std::string> names = {request.from_release(), request.to_release()};
  ASSIGN_OR_RETURN(const auto from, pattern.Parse(names[0], "from_release"));
  ASSIGN_OR_RETURN(const auto to, pattern.Parse(names[1], "to_release"));
  RETURN_IF_ERROR(resource::BatchGet(session, VocabularyReleases(), names).status());
  const std::vector<absl::string_view> binding = {call.method, call.caller.path, names[0],
                                                  names[1]};
  std::string after;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const auto cursor, resource::ParsePageToken(binding, request.page_token(), 1));
    after = cursor.front();
  }
  Response response;
  ASSIGN_OR_RETURN(const DiffPlace place,
                   Diff(session, spec, from.front(), to.front(), after,
                        resource::PageSize(request.page_size()), [&](auto* before, auto* later) {
                          auto& change = *response.add_changes();
                          if (before != nullptr) change.mutable_before()->CopyFrom(*before);
                          if (later != nullptr) change.mutable_after()->CopyFrom(*later);
                        }));
  if (!place.end) response.set_next_page_token(resource::MakePageToken(binding, {place.after}));
  return response;
}

}  // namespace puente::labor
