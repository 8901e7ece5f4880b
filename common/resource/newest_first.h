// Pages of what is numbered in the order of its making, the last one first.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/context/call.h"
#include "common/resource/page.h"
#include "common/status/macros.h"

namespace puente::resource {

// The rows of the page that is asked for; tells the answer where the next begins. `read(before,
// most)` gives a StatusOr of the last ones before a number, each with its `number`.
// INVALID_PAGE_TOKEN.
template <class Request, class Response, class Read>
auto NewestFirst(const Call& call, const Request& request, Response& response, const Read& read)
    -> decltype(read(int64_t{}, int{})) {
  const std::vector<absl::string_view> binding = {call.method, call.caller.path};
  int64_t before = std::numeric_limits<int64_t>::max();
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const auto cursor, ParsePageToken(binding, request.page_token(), 1));
    if (!absl::SimpleAtoi(cursor[0], &before)) return Error(error::kInvalidPageToken);
  }
  const int size = PageSize(request.page_size());
  ASSIGN_OR_RETURN(auto page, read(before, size + 1));  // one more: is there a next page?
  if (page.size() > static_cast<size_t>(size)) {
    page.resize(static_cast<size_t>(size));
    response.set_next_page_token(MakePageToken(binding, {absl::StrCat(page.back().number)}));
  }
  return page;
}

}  // namespace puente::resource
