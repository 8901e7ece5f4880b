// Reports of many rows: what their gateway holds in memory while it makes one, what others' reads
// lose meanwhile, how fast a table is sent as CSV, and what a report of the whole country takes
// beside the statements that count its agencies' records.
#include <algorithm>
#include <thread>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "gateway/module.h"
#include "gateway/reports/parts.h"
#include "google/protobuf/text_format.h"
#include "puente/gateway/v1/report.grpc.pb.h"
#include "puente/gateway/v1/report_definition.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/country.h"
#include "tests/bench/record_load.h"
#include "tests/bench/site.h"
#include "tests/bench/vacancy_calls.h"
#include "tests/testing/hosted.h"
#include "tests/testing/wait.h"

namespace puente::bench {
namespace {

using gateway::reports::PartKind;
using gateway::v1::GetReportRequest;
using gateway::v1::Report;
using gateway::v1::ReportDefinition;
using gateway::v1::ReportDefinitionService;
using gateway::v1::ReportService;

constexpr int64_t kRows = 1'000'000;
constexpr int64_t kQuickRows = 2'000;
constexpr int64_t kStatements = 1'000'000;
constexpr int64_t kQuickStatements = 2'000;
constexpr int64_t kAwarded = 5'000'000;
constexpr int64_t kQuickAwarded = 5'000;
constexpr double kMostMegabytes = 256;
constexpr absl::Duration kLongest = absl::Minutes(20);  // a limit
constexpr char kCsv[] = "posts.csv";

ReportDefinition DefinitionOf(const char* text) {
  ReportDefinition definition;
  if (!google::protobuf::TextFormat::ParseFromString(text, &definition)) Die("no definition");
  return definition;
}

// Of three codes and three figures a row.
ReportDefinition Posts() {
  return DefinitionOf(R"pb(
    name: "reportDefinitions/bench"
    definition_version: 1
    title_es: "Puestos"
    title_en: "Posts"
    tables {
      table: "posts"
      title_es: "Puestos"
      title_en: "Posts"
      sources { agency: "labor" table: "posts" measures: "A" measures: "B" measures: "C" }
      dimensions: "STATE"
      dimensions: "SKILL"
      dimensions: "PERIOD"
    })pb");
}

// A gateway's config, with agencies of which these are there.
config::Server GatewayConfig(const sql::Target& schema,
                             const std::map<std::string, std::string>& addresses) {
  config::Server config = Site::Shared().Config("gateway", schema);
  for (const char* const agency : {"economy", "education", "labor", "science"}) {
    config::Peer& peer = *config.add_peers();
    peer.set_agency(agency);
    const auto found = addresses.find(agency);
    peer.set_address(found == addresses.end() ? "127.0.0.1:1" : found->second);
  }
  return config;
}

void AddPart(sql::Connection& connection, PartKind kind, const char* item, int64_t number,
             absl::string_view content) {
  const auto added =
      connection.Execute({"bench.part",
                          "INSERT INTO report_part (report, kind, item, number, content) VALUES"
                          " ('bench', ?, ?, ?, ?)"},
                         {static_cast<int>(kind), item, number, content});
  if (!added.ok()) Die(added.status().ToString());
}

// The gateway's database with what reports of a table of so many rows are made of, as if their
// agency had told it; and the gateway.
class Drafts {
 public:
  explicit Drafts(int64_t rows)
      : schema_(Site::Shared().Schema(gateway::Gateway().migrations)), connection_(schema_) {
    AddPart(connection_, PartKind::kDefinition, "", 0, crypto::Canonical(Posts()));
    AddExtract(rows);
    gateway_ = Site::Shared().Start(GatewayConfig(schema_, {}));
    reports_ = ReportService::NewStub(Channel());
  }

  std::shared_ptr<grpc::Channel> Channel() const {
    return Site::Shared().Channel(gateway_->address("gateway"), "gateway", "agency/education");
  }
  const sql::Target& schema() const { return schema_; }
  double PeakMegabytes() const { return gateway_->PeakMegabytes(); }

  // Has another report made; its id.
  std::string Begin() {
    const std::string id = absl::StrCat("bench-", ++count_);
    Site& site = Site::Shared();
    site.Execute(schema_, absl::StrCat("INSERT INTO report_part SELECT '", id,
                                       "', kind, item, number, content FROM report_part WHERE"
                                       " report = 'bench'"));
    Report extracts;
    *extracts.add_extracts() = extract_;
    const auto added = connection_.Execute(
        {"bench.report",
         "INSERT INTO report (id, version, state, report_definition, definition_version,"
         " report_version, title_es, title_en, maker, maker_actor, approver, approver_actor,"
         " state_reason, failure, failure_es, failure_en, extracts, source, record_kind,"
         " create_time, update_time) VALUES (?, 1, 2, 'reportDefinitions/bench', 1, '1.0.0', '',"
         " '', '', '', '', '', '', '', '', '', ?, 'bench', 1, UTC_TIMESTAMP(6),"
         " UTC_TIMESTAMP(6))"},
        {id, extracts.SerializeAsString()});
    if (!added.ok()) Die(added.status().ToString());
    site.Execute(schema_, absl::StrCat("INSERT INTO due (kind, item_key, version, due_time,"
                                       " claim_time, holder, attempts, last_error, progress) VALUES"
                                       " ('reports.draft', '",
                                       id, "', ", absl::ToUnixMicros(absl::Now()),
                                       ", '2000-01-01', '2000-01-01', '', 0, '', '')"));
    return id;
  }
  bool IsMade(const std::string& id) {
    GetReportRequest request;
    request.set_name("reports/" + id);
    const Report report = Ask(*reports_, &ReportService::Stub::GetReport, request);
    if (!report.failure().empty()) Die(report.failure_en());
    return report.state() == gateway::v1::REPORT_STATE_DRAFTED;
  }
  void Await(const std::string& id) {
    if (!testing::Becomes([&] { return IsMade(id); }, kLongest)) Die("no report is made");
  }

 private:
  void AddExtract(int64_t rows) {
    crypto::Sha256Stream digest;
    std::string piece = Head();
    int64_t number = 0;
    const auto add = [&] {
      digest.Add(piece);
      extract_.set_byte_count(extract_.byte_count() + std::ssize(piece));
      AddPart(connection_, PartKind::kExtract, "labor", number++, piece);
      piece.clear();
    };
    for (int64_t i = 0; i < rows; ++i) {
      absl::StrAppend(&piece, "{\"row\":{\"table\":\"posts\",\"codes\":[\"",
                      10 + i / kPeriods / Skills(), "\",\"", 10'000 + i / kPeriods % Skills(),
                      "\",\"", 1990 + i % kPeriods, "\"],\"figures\":[{\"value\":\"", i,
                      "\"},{\"value\":\"", i % 1000, "\"},{\"mark\":\"MARK_SUPPRESSED\"}]}}\n");
      if (piece.size() >= gateway::reports::kExtractPiece) add();
    }
    add();
    extract_.set_agency("labor");
    extract_.set_state(gateway::v1::REPORT_EXTRACT_STATE_KEPT);
    extract_.set_kept_byte_count(extract_.byte_count());
    extract_.set_sha256(absl::BytesToHexString(digest.Digest()));
  }
  static std::string Head() {
    std::string head =
        "{\"head\":{\"agency\":\"labor\",\"recordKind\":\"RECORD_KIND_GENERATED\"}}\n"
        "{\"table\":{\"table\":\"posts\",\"titleEs\":\"P\",\"titleEn\":\"P\",\"dimensions\":["
        "{\"dimension\":\"STATE\",\"codeList\":\"CL_STATE\"},"
        "{\"dimension\":\"SKILL\",\"codeList\":\"CL_SKILL\"},{\"dimension\":\"PERIOD\"}],"
        "\"measures\":[{\"measure\":\"A\",\"unit\":\"U\"},{\"measure\":\"B\",\"unit\":\"U\"},"
        "{\"measure\":\"C\",\"unit\":\"U\"}]}}\n";
    AddList("CL_STATE", 10, 32, head);
    AddList("CL_SKILL", 10'000, Skills(), head);
    return head;
  }
  static void AddList(const char* list, int64_t first, int64_t count, std::string& head) {
    absl::StrAppend(&head, "{\"codeList\":{\"codeList\":\"", list, "\",\"codes\":[");
    for (int64_t i = 0; i < count; ++i) {
      absl::StrAppend(&head, i == 0 ? "" : ",", "{\"code\":\"", first + i,
                      "\",\"nameEs\":\"Nombre\",\"nameEn\":\"Name\"}");
    }
    absl::StrAppend(&head, "]}}\n");
  }
  static constexpr int64_t kPeriods = 30;
  static constexpr int64_t Skills() { return 1'050; }  // of 32 states and 30 years a million

  const sql::Target schema_;
  sql::Connection connection_;
  gateway::v1::ReportExtract extract_;
  std::unique_ptr<Process> gateway_;
  std::unique_ptr<ReportService::Stub> reports_;
  int count_ = 0;
};

// Reads of one report by name.
class ReportReads : public Flood<GetReportRequest, Report> {
 public:
  ReportReads(const std::shared_ptr<grpc::Channel>& channel, const std::string& id)
      : Flood(
            8,
            [this](int, grpc::ClientContext* context, const GetReportRequest* request,
                   Report* report, std::function<void(grpc::Status)> done) {
              stub_->async()->GetReport(context, request, report, std::move(done));
            },
            [id](int64_t, GetReportRequest& request) { request.set_name("reports/" + id); }),
        stub_(ReportService::NewStub(channel)) {}

 private:
  const std::unique_ptr<ReportService::Stub> stub_;
};

// Takes a file whole: megabytes a second.
double TakeCsv(ReportService::Stub& stub, const std::string& id, std::string* digest = nullptr) {
  gateway::v1::ExportReportFileRequest request;
  request.set_name("reports/" + id);
  request.set_path(kCsv);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(10));
  crypto::Sha256Stream read;
  const absl::Time start = absl::Now();
  const auto reader = stub.ExportReportFile(&context, request);
  gateway::v1::ExportReportFileResponse response;
  size_t bytes = 0;
  while (reader->Read(&response)) {
    bytes += response.content().size();
    if (digest != nullptr) read.Add(response.content());
  }
  const grpc::Status status = reader->Finish();
  if (!status.ok()) Die("an export failed: " + status.error_message());
  if (bytes == 0) Die("an export has nothing");
  if (digest != nullptr) *digest = read.Digest();
  return static_cast<double>(bytes) / 1e6 / absl::ToDoubleSeconds(absl::Now() - start);
}

void CompareReads(const Options& options, Drafts& drafts, const std::string& made) {
  ReportReads reads(drafts.Channel(), made);
  std::vector<Pair> pairs;
  for (int i = 0; i < (options.quick ? 1 : 3); ++i) {
    const double before = reads.Rate(options.round_seconds());
    const std::string id = drafts.Begin();
    std::vector<double> beside;
    do {
      beside.push_back(reads.Rate(options.round_seconds() / 4));
    } while (!drafts.IsMade(id));
    const double after = reads.Rate(options.round_seconds());
    pairs.push_back({Percentile(std::move(beside), 0.5), (before + after) / 2});
  }
  Print(options, {"reports.reads", "1/s", AtLeast(0.8)}, pairs);
}

void CompareCsv(const Options& options, const Drafts& drafts, const std::string& made) {
  const auto ours = ReportService::NewStub(drafts.Channel());
  Site& site = Site::Shared();
  const auto server = site.StartBareExport(drafts.schema());
  const auto bare =
      ReportService::NewStub(site.Channel(server->address("export"), "labor", "council/cce"));
  std::string sent, same;
  TakeCsv(*ours, made, &sent);
  TakeCsv(*bare, made, &same);
  if (sent != same) Die("the gateway and the bare client send different files");
  const auto figures =
      Interleave({[&] { return TakeCsv(*ours, made); }, [&] { return TakeCsv(*bare, made); }},
                 options.pairs());
  Print(options, {"reports.csv", "MB/s", AtLeast(0.4)}, Pairs(figures[0], figures[1]));
}

void MeasureDrafts(const Options& options) {
  const int64_t rows = options.size(kRows, kQuickRows);
  Say(absl::StrCat("reports: a table of ", rows, " rows"));
  Drafts drafts(rows);
  const absl::Time start = absl::Now();
  const std::string made = drafts.Begin();
  drafts.Await(made);
  Say(absl::StrCat("reports: its files took ", absl::FormatDuration(absl::Now() - start)));
  Print(options, {"reports.memory", "MB", AtMost(kMostMegabytes), Line::Judged::kValue},
        {{drafts.PeakMegabytes(), kMostMegabytes}});
  if (Wanted(options, "reports.csv")) CompareCsv(options, drafts, made);
  if (Wanted(options, "reports.reads")) CompareReads(options, drafts, made);
}

// What is asked of a report of the country: of each agency that has as many records as it.
constexpr char kCountryReport[] = R"pb(
  title_es: "El país"
  title_en: "The country"
  summary_es: "El país."
  summary_en: "The country."
  tables {
    table: "vacancies"
    title_es: "Vacantes por entidad y mes"
    title_en: "Vacancies by state and month"
    sources {
      agency: "labor"
      table: "vacancies"
      measures: "VACANCIES"
      measures: "POSTS"
      measures: "QUALITY_PASSED"
      measures: "QUALITY_FAILED"
      measures: "UNCLASSIFIED"
    }
    dimensions: "STATE"
    dimensions: "PERIOD"
  }
  tables {
    table: "need"
    title_es: "Personas que se necesitan"
    title_en: "People who are needed"
    sources { agency: "economy" table: "demand" measures: "HEADS" measures: "COMPANIES" }
    dimensions: "SECTOR_TABLE"
    dimensions: "STATE"
    dimensions: "SKILL"
  }
  tables {
    table: "awards"
    title_es: "Constancias"
    title_en: "Awards"
    sources { agency: "education" table: "award-counts" measures: "AWARDS" }
    dimensions: "VERSION"
    dimensions: "STATE"
    dimensions: "PERIOD"
    dimensions: "SEX"
  }
  source: "bench"
  record_kind: RECORD_KIND_REAL)pb";

// What its tables say, by the statements that say it of the records. A report reads what its
// agencies keep of them as they change: counts of vacancies, and releases of needs and awards,
// which nobody could tell from the records alone without telling of persons and companies.
constexpr char kVacancies[] =
    "SELECT state_code, DATE_FORMAT(offer_date, '%Y-%m'), COUNT(*), SUM(post_count),"
    " SUM(verdict = 1), SUM(verdict = 2), SUM(scian_class = '') FROM vacancy"
    " WHERE record_kind = 2 AND state = 1 GROUP BY 1, 2";
constexpr char kNeeds[] =
    "SELECT LEFT(d.scian_class, 2), d.state_code, d.skill, SUM(d.heads),"
    " COUNT(DISTINCT d.company) FROM demand_statement AS d JOIN company AS c ON c.id = d.company"
    " WHERE d.record_kind = 2 AND d.state = 1 AND d.standing <> 2 AND c.state = 3 GROUP BY 1, 2, 3";
constexpr char kAwards[] =
    "SELECT microcredential_version, state_code, CONCAT(YEAR(issue_date), '-Q',"
    " QUARTER(issue_date)), sex, COUNT(*) FROM award WHERE record_kind = 2 AND state IN (1, 2, 5)"
    " GROUP BY 1, 2, 3, 4";

// Three agencies with the country's records, and the gateway.
class Country {
 public:
  explicit Country(const Options& options)
      : economy_(options.size(kStatements, kQuickStatements)),
        education_(options.size(kAwarded, kQuickAwarded)),
        labor_(WholeCountry(options)) {  // which takes long: meanwhile the others make releases
    const absl::Time start = absl::Now();
    economy_.AwaitRelease();
    education_.AwaitRelease();
    Say(absl::StrCat("the country: releases waited for, ",
                     absl::FormatDuration(absl::Now() - start)));
    Site& site = Site::Shared();
    gateway_ = site.Start(GatewayConfig(site.Schema(gateway::Gateway().migrations),
                                        {{"labor", labor_.address},
                                         {"economy", economy_.address},
                                         {"education", education_.address}}));
    const auto gateway = site.Channel(gateway_->address("gateway"), "gateway", "agency/education");
    reports_ = ReportService::NewStub(gateway);
    gateway::v1::CreateReportDefinitionRequest define;
    define.set_report_definition_id("country");
    *define.mutable_report_definition() = DefinitionOf(kCountryReport);
    const auto definitions = ReportDefinitionService::NewStub(gateway);
    Must(testing::Called(*definitions, &ReportDefinitionService::Stub::CreateReportDefinition,
                         define));
  }

  // Asks for a report; its name.
  std::string Begin() {
    gateway::v1::CreateReportRequest request;
    request.set_report_id(absl::StrCat("r", ++count_));
    request.mutable_report()->set_report_definition("reportDefinitions/country");
    request.mutable_report()->set_source("bench");
    request.mutable_report()->set_record_kind(type::v1::RECORD_KIND_REAL);
    return Must(testing::Called(*reports_, &ReportService::Stub::CreateReport, request, nullptr, "",
                                "statistician-1"))
        .name();
  }
  bool IsMade(const std::string& name) {
    GetReportRequest get;
    get.set_name(name);
    const Report report = Ask(*reports_, &ReportService::Stub::GetReport, get);
    if (!report.failure().empty()) Die(report.failure_en());
    return report.state() == gateway::v1::REPORT_STATE_DRAFTED;
  }
  // Seconds from asking for a report until it is made.
  double MakeReport() {
    return SecondsOf([&] {
      const std::string name = Begin();
      if (!testing::Becomes([&] { return IsMade(name); }, kLongest)) Die("no report is made");
    });
  }
  // Seconds of the agencies' statements, side by side.
  double Count() const {
    return SecondsOf([&] {
      std::vector<std::thread> agencies;
      for (const auto& [database, statement] :
           {std::pair(&labor_.database, kVacancies), std::pair(&economy_.database, kNeeds),
            std::pair(&education_.database, kAwards)}) {
        agencies.emplace_back([database = database, statement = statement] {
          // What they say is not sent.
          Site::Shared().ExecuteByClient(
              *database, absl::StrCat("SELECT COUNT(*) FROM (", statement, ") AS said"));
        });
      }
      for (std::thread& agency : agencies) agency.join();
    });
  }
  double PeakMegabytes() const { return gateway_->PeakMegabytes(); }

 private:
  const FilledEconomy economy_;
  const FilledEducation education_;
  const FilledModule& labor_;
  std::unique_ptr<Process> gateway_;
  std::unique_ptr<ReportService::Stub> reports_;
  int count_ = 0;
};

// Vacancies that are read by name while reports are made, beside those without.
void CompareReadsBeside(const Options& options, Country& country) {
  const FilledModule& labor = WholeCountry(options);
  VacancyReads reads(labor.address, labor.ids, 4);
  std::vector<Pair> pairs;
  for (int i = 0; i < options.pairs(); ++i) {
    const double before = reads.Rate(options.round_seconds());
    std::vector<double> beside;
    const std::string name = country.Begin();
    do {
      beside.push_back(reads.Rate(options.round_seconds() / 4));
    } while (!country.IsMade(name));
    const double after = reads.Rate(options.round_seconds());
    pairs.push_back({Percentile(std::move(beside), 0.5), (before + after) / 2});
  }
  Print(options, {"reports.whole.reads", "1/s", AtLeast(0.8)}, pairs);
}

void MeasureWhole(const Options& options) {
  const Buffers buffers(CountryGigabytes(options));
  Country country(options);
  if (Wanted(options, "reports.whole") || Wanted(options, "reports.whole.memory")) {
    const auto figures = Interleave(
        {[&] { return country.MakeReport(); }, [&] { return country.Count(); }}, options.pairs());
    Print(options, {"reports.whole", "s", AtMost(1.5)}, Pairs(figures[0], figures[1]));
    Print(options, {"reports.whole.memory", "MB", AtMost(kMostMegabytes), Line::Judged::kValue},
          {{country.PeakMegabytes(), kMostMegabytes}});
  }
  if (Wanted(options, "reports.whole.reads")) CompareReadsBeside(options, country);
}

}  // namespace

void MeasureReports(const Options& options) {
  if (Wanted(options, "reports.memory") || Wanted(options, "reports.csv") ||
      Wanted(options, "reports.reads")) {
    MeasureDrafts(options);
  }
  if (Wanted(options, "reports.whole") || Wanted(options, "reports.whole.memory") ||
      Wanted(options, "reports.whole.reads")) {
    MeasureWhole(options);
  }
}

}  // namespace puente::bench
