#include "modules/education/teaching/search.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/agency/counted_kinds.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/journal/projection.h"
#include "common/resource/page.h"
#include "modules/education/program_versions/resource.h"
#include "modules/education/teaching/means.h"
#include "modules/education/teaching/rules.h"
#include "modules/education/teaching/sites.h"
#include "modules/education/teaching/unions.h"

namespace puente::education {
namespace {

using teaching::PlaceRange;
using teaching::SubjectKind;
using teaching::Unions;

constexpr int kUsualPage = 10;
constexpr int kMostPage = 50;
// The first sites of a range, by one skill and one kind of what is found there.
constexpr absl::string_view kFirst =
    "(SELECT ?, place FROM teaching_site FORCE INDEX (PRIMARY) WHERE record_kind = ?"
    " AND kind = ? AND skill = ? AND place > ? AND place < ? GROUP BY place ORDER BY place LIMIT "
    "?)";

// Where a page ended: in which range, after which site.
struct Cursor {
  size_t range = 0;
  std::string place;
};

std::vector<SubjectKind> KindsOf(const v1::FindTeachingRequest& request) {
  if (request.with_means()) return {SubjectKind::kProgram, SubjectKind::kFacility};
  return {SubjectKind::kProgram, SubjectKind::kMicrocredential};
}

// Up to `most` sites of a range, after a place.
absl::StatusOr<std::set<std::string>> FirstOf(sql::Session& session, type::v1::RecordKind kind,
                                              const v1::FindTeachingRequest& request,
                                              const PlaceRange& range, const std::string& after,
                                              size_t most) {
  const std::string& from = std::max(range.first, after);
  Unions reads(kFirst);
  for (const SubjectKind subject : KindsOf(request)) {
    for (const std::string& skill : request.skills()) {
      reads.Add(0, {int{kind}, static_cast<int>(subject), skill, from, range.end,
                    static_cast<int64_t>(most)});
    }
  }
  std::set<std::string> places;
  RETURN_IF_ERROR(reads.Each(session, "education.teaching.first",
                             [&](int, const sql::Row& row) { places.insert(row.Text(1)); }));
  while (places.size() > most) places.erase(std::prev(places.end()));
  return places;
}

struct Page {
  std::vector<teaching::FoundSite> sites;
  bool more = false;
};

// From a cursor on, which comes to the last site of the page.
absl::StatusOr<Page> FindPage(sql::Session& session, type::v1::RecordKind kind,
                              const v1::FindTeachingRequest& request, Cursor& cursor, size_t size) {
  const std::vector<PlaceRange> ranges = teaching::RangesOf(request);
  if (cursor.range >= ranges.size()) return Error(resource::error::kInvalidPageToken);
  Page page;
  for (size_t i = cursor.range; i < ranges.size(); ++i) {
    const size_t left = size - page.sites.size();
    ASSIGN_OR_RETURN(const auto places, FirstOf(session, kind, request, ranges[i],
                                                i == cursor.range ? cursor.place : "", left + 1));
    for (const std::string& place : places) {
      page.more = page.sites.size() == size;
      if (page.more) return page;
      page.sites.push_back({place, ranges[i].nearness});
      cursor = {i, place};
    }
  }
  return page;
}

absl::StatusOr<Cursor> CursorOf(const std::vector<absl::string_view>& binding,
                                const v1::FindTeachingRequest& request) {
  Cursor cursor;
  if (request.page_token().empty()) return cursor;
  ASSIGN_OR_RETURN(auto texts, resource::ParsePageToken(binding, request.page_token(), 2));
  if (!absl::SimpleAtoi(texts[0], &cursor.range)) {
    return Error(resource::error::kInvalidPageToken);
  }
  cursor.place = std::move(texts[1]);
  return cursor;
}

// What a page token is of: the question, whatever page it asks for.
std::string QuestionOf(v1::FindTeachingRequest request) {
  request.clear_page_size();
  request.clear_page_token();
  return crypto::Canonical(request);
}

size_t SizeOf(const v1::FindTeachingRequest& request) {
  return request.page_size() == 0 ? kUsualPage : std::min(request.page_size(), kMostPage);
}

}  // namespace

absl::StatusOr<v1::FindTeachingResponse> FindTeaching(const Call& call, sql::Session& session,
                                                      const v1::FindTeachingRequest& request) {
  using Answer = v1::FindTeachingResponse;
  const std::string question = QuestionOf(request);
  const std::vector<absl::string_view> binding = {call.method, call.caller.path, question};
  ASSIGN_OR_RETURN(Cursor cursor, CursorOf(binding, request));
  const absl::CivilDay today = LegalDay(call.start);
  const absl::CivilDay begin = request.has_begin_date() ? ToCivilDay(request.begin_date()) : today;
  return session.Snapshot<Answer>([&](sql::Session& snapshot) -> absl::StatusOr<Answer> {
    Answer answer;
    ASSIGN_OR_RETURN(*answer.mutable_freshness_token(), journal::HeadToken(snapshot, "education"));
    ASSIGN_OR_RETURN(const type::v1::RecordKind kind,
                     agency::CountedKind(snapshot, ProgramVersions(), today));
    answer.set_record_kind(kind);
    *answer.mutable_begin_date() = ToProto(begin);
    ASSIGN_OR_RETURN(Page page, FindPage(snapshot, kind, request, cursor, SizeOf(request)));
    RETURN_IF_ERROR(
        teaching::Describe({call, snapshot, request, kind, today, begin}, page.sites, answer));
    if (page.more) {
      answer.set_next_page_token(
          resource::MakePageToken(binding, {absl::StrCat(cursor.range), cursor.place}));
    }
    return answer;
  });
}

}  // namespace puente::education
