// A standard get and list through the template, beside the same statements and messages written by
// hand; and what checking a request's fields costs beside a whole read.
#include "absl/strings/str_cat.h"
#include "common/fields/field_checker.h"
#include "common/resource/resource.h"
#include "modules/science/module.h"
#include "modules/science/technologies/resource.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "puente/science/v1/technology.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/site.h"

namespace puente::bench {
namespace {

using science::v1::Technology;

constexpr int kRows = 1000;
constexpr int kPage = 100;

#define PUENTE_BENCH_COLUMNS                                                         \
  "id, version, label_es, label_en, readiness_level, evidence, source, record_kind," \
  " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', create_time),"                          \
  " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', update_time) FROM technology"
constexpr sql::Query kGet{"bench.get", "SELECT " PUENTE_BENCH_COLUMNS " WHERE id = ?"};
constexpr sql::Query kList{
    "bench.list", "SELECT " PUENTE_BENCH_COLUMNS " FORCE INDEX (PRIMARY) ORDER BY id LIMIT ?"};
#undef PUENTE_BENCH_COLUMNS

void SetTime(int64_t micros, google::protobuf::Timestamp& time) {
  time.set_seconds(micros / 1'000'000);
  time.set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
}

// As somebody would write it who knows the type.
absl::Status Fill(const sql::Row& row, Technology& technology) {
  technology.set_name(absl::StrCat("technologies/", row.Text(0)));
  technology.set_etag(absl::StrCat("v", row.Int64(1)));
  technology.set_label_es(row.Text(2));
  technology.set_label_en(row.Text(3));
  technology.set_readiness_level(static_cast<int32_t>(row.Int64(4)));
  technology.set_evidence(row.Text(5));
  technology.set_source(row.Text(6));
  technology.set_record_kind(static_cast<type::v1::RecordKind>(row.Int64(7)));
  SetTime(row.Int64(8), *technology.mutable_create_time());
  SetTime(row.Int64(9), *technology.mutable_update_time());
  return absl::OkStatus();
}

absl::StatusOr<Technology> GetByHand(sql::Session& session, const NamePattern& pattern,
                                     const std::string& name) {
  ASSIGN_OR_RETURN(const auto ids, pattern.Parse(name));
  Technology technology;
  RETURN_IF_ERROR(
      session.Each(kGet, {ids[0]}, [&](const sql::Row& row) { return Fill(row, technology); }));
  return technology;
}

// With all that a page needs: a row more tells whether there is another page.
absl::StatusOr<resource::Page<Technology>> ListByHand(sql::Session& session, const Call& call) {
  resource::Page<Technology> page;
  page.rows.reserve(kPage);
  std::string last;
  bool more = false;
  RETURN_IF_ERROR(session.Each(kList, {kPage + 1}, [&](const sql::Row& row) {
    more = page.rows.size() == kPage;
    if (more) return absl::OkStatus();
    if (page.rows.size() + 1 == kPage) last = row.Text(0);
    return Fill(row, page.rows.emplace_back());
  }));
  if (more) {
    page.next_page_token =
        resource::MakePageToken({call.method, call.caller.path, "", "", ""}, {last});
  }
  return page;
}

struct Request {  // what List() needs of one
  int page_size() const { return kPage; }
  std::string page_token() const { return ""; }
  std::string filter() const { return ""; }
  std::string order_by() const { return ""; }
};

}  // namespace

void MeasureStandard(const Options& options) {
  Site& site = Site::Shared();
  const sql::Target target = site.Schema(science::Science().migrations);
  for (int i = 0; i < kRows; ++i) {
    site.Execute(target,
                 absl::StrCat("INSERT INTO technology VALUES ('t-", i,
                              "', 1, 'Manufactura aditiva de metales', 'Metal additive "
                              "manufacturing', 8, 'Valor de muestra, sin evaluación', 'bench', 2,"
                              " '2026-11-25 01:02:03.000004', '2026-11-25 01:02:03.000004')"));
  }
  sql::Session session(target);
  const auto& spec = science::Technologies();
  const NamePattern& pattern = spec.pattern();
  Call call;
  call.method = "/puente.science.v1.TechnologyService/ListTechnologies";
  const auto name = [](int64_t i) { return absl::StrCat("technologies/t-", i * 7919 % kRows); };
  if (Must(GetByHand(session, pattern, name(1))).SerializeAsString() !=
      Must(resource::Get(session, spec, name(1))).SerializeAsString()) {
    Die("by hand and by template differ");
  }
  if (Must(ListByHand(session, call)).next_page_token !=
      Must(resource::List(call, session, spec, Request())).next_page_token) {
    Die("pages by hand and by template differ");
  }
  const auto measure = [&](const Line& line, const std::function<void(int64_t)>& value,
                           const std::function<void(int64_t)>& limit) {
    if (!Wanted(options, line.name)) return;
    std::vector<Pair> pairs;
    for (int i = 0; i < options.pairs(); ++i) {
      pairs.push_back(Rates(options.round_seconds(), value, limit));
    }
    Print(options, line, pairs);
  };
  // As the server does, for one call.
  const auto get = [&](int64_t i) {
    Technology found;
    resource::internal::Asked asked[] = {{name(i), "name", found}};
    resource::internal::GetEach(session, spec, absl::MakeSpan(asked));
    if (!asked[0].status.ok()) Die(asked[0].status.ToString());
  };
  measure({"standard.get", "1/s", AtLeast(0.95)}, get,
          [&](int64_t i) { Must(GetByHand(session, pattern, name(i))); });
  measure(
      {"standard.list_100", "1/s", AtLeast(0.9)},
      [&](int64_t) { Must(resource::List(call, session, spec, Request())); },
      [&](int64_t) { Must(ListByHand(session, call)); });
  // How many reads in process take as long as one check: over the wire it is fewer still.
  const fields::FieldChecker checker(labor::v1::GetVacancyRequest::descriptor());
  labor::v1::GetVacancyRequest request;
  request.set_name("vacancies/0123456789abcdef0123456789abcdef");
  const auto check = [&](int64_t) {
    if (!checker.Check(request).ok()) Die("the request is good");
  };
  measure({"standard.field_checks", "1/s", AtMost(0.03)}, get, check);
}

}  // namespace puente::bench
