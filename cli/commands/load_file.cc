#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/file_upload.h"
#include "cli/format.h"
#include "common/crypto/digest.h"
#include "puente/api/v1/load.grpc.pb.h"

namespace puente::cli {
namespace {

using api::v1::Load;
using api::v1::LoadRow;

constexpr char kLoadRecords[] = "puente.api.v1.LoadService/LoadRecords";
constexpr char kListLoads[] = "puente.api.v1.LoadService/ListLoads";
constexpr char kListRows[] = "puente.api.v1.LoadService/ListLoadRows";
constexpr int kPage = 1000;
// As many refused rows as fit a screen; the acknowledgements have all.
constexpr int kMostRefused = 20;

constexpr Label kChecking{"checking ", "revisando "};
constexpr Label kLoading{"loading ", "cargando "};
constexpr Label kLoad{"load", "carga"};
constexpr Label kRow{"row", "fila"};
constexpr Label kOutcome{"outcome", "resultado"};
constexpr Label kColumn{"column", "columna"};
constexpr Label kCollection{"records", "registros"};
constexpr Label kWhole{"whole", "completa"};
constexpr Label kBrokenOff{"broken off", "interrumpida"};
constexpr Label kWhen{"loaded at", "cargada"};
constexpr Label kTaken{"taken", "tomadas"};
constexpr Label kChanged{"changed", "cambiadas"};
constexpr Label kSame{"unchanged", "sin cambio"};
constexpr Label kRefused{"refused", "rechazadas"};
constexpr Label kLeftOut{"left out, of something else", "omitidas, de otra cosa"};
constexpr Label kOneTaken{"taken", "tomada"};
constexpr Label kOneChanged{"changed", "cambiada"};
constexpr Label kOneRefused{"refused", "rechazada"};
constexpr Label kEachRow{"what became of each row:", "lo que pasó con cada fila:"};
constexpr Label kNotShown{"refused rows are not shown", "filas rechazadas no se muestran"};

Label OutcomeLabel(api::v1::LoadOutcome outcome) {
  switch (outcome) {
    case api::v1::LOAD_OUTCOME_TAKEN:
      return kOneTaken;
    case api::v1::LOAD_OUTCOME_CHANGED:
      return kOneChanged;
    case api::v1::LOAD_OUTCOME_UNCHANGED:
      return kSame;
    case api::v1::LOAD_OUTCOME_REFUSED:
      return kOneRefused;
    default:
      return label::kUnknown;
  }
}

// A line for each thing that is wrong with a row; one for a row with which nothing is.
Table RowTable(Session& session) {
  return Table({{session.Say(kRow), Column::kRight},
                {session.Say(label::kLine), Column::kRight},
                {session.Say(label::kRecord), Column::kBelow},
                {session.Say(kOutcome)},
                {session.Say(kColumn), Column::kLeft, 20},
                {session.Say(label::kValue), Column::kLeft, 20},
                {session.Say(label::kRule), Column::kBelow},
                {session.Say(label::kRemedy), Column::kTextBelow}});
}

void AddRow(const LoadRow& row, const std::string& outcome, Table& table) {
  const std::vector<std::string> known = {absl::StrCat(row.row()), absl::StrCat(row.line()),
                                          row.name(), outcome};
  const auto add = [&](const type::v1::RowError& error) {
    std::vector<std::string> cells = known;
    for (const std::string& cell : {error.field(), error.value(), error.rule(), error.remedy()}) {
      cells.push_back(cell);
    }
    table.Add(std::move(cells));
  };
  for (const type::v1::RowError& error : row.errors()) add(error);
  if (row.errors().empty()) add({});
}

// For people: what to correct, row by row.
Table RefusedTable(Session& session, const google::protobuf::RepeatedPtrField<LoadRow>& rows) {
  Table table({{session.Say(kRow), Column::kRight},
               {session.Say(kColumn), Column::kLeft, 16},
               {session.Say(label::kValue), Column::kLeft, 14},
               {session.Say(label::kRemedy), Column::kTextBelow}});
  int shown = 0;
  for (const LoadRow& row : rows) {
    if (shown++ == kMostRefused) break;
    for (const type::v1::RowError& error : row.errors()) {
      table.Add({absl::StrCat(row.row()), error.field(), error.value(), error.remedy()});
    }
  }
  return table;
}

api::v1::LoadRecordsRequest HeaderOf(const LoadFileArgs& args, int64_t size) {
  api::v1::LoadRecordsRequest request;
  api::v1::LoadRecordsHeader& header = *request.mutable_header();
  header.set_profile(args.profile);
  header.set_parent(args.parent);
  header.set_source(args.source);
  header.set_record_kind(args.record_kind == "generated" ? type::v1::RECORD_KIND_GENERATED
                                                         : type::v1::RECORD_KIND_REAL);
  header.set_request_id(crypto::Uuid4());
  header.set_size_bytes(size);
  header.set_validate_only(args.validate_only);
  return request;
}

void Print(Session& session, const LoadFileArgs& args,
           const api::v1::LoadRecordsResponse& response) {
  const Load& load = response.load();
  Printer printer = session.printer();
  const auto row = [&](const Label& label, int64_t count) -> std::vector<std::string> {
    return {session.Say(label), CountText(count), ShareText(count, load.row_count())};
  };
  printer.Heading(session.Say(label::kRows));
  std::vector<std::vector<std::string>> counts = {
      {session.Say(label::kRead), CountText(load.row_count())},
      row(kTaken, load.taken_count()),
      row(kChanged, load.changed_count()),
      row(kSame, load.unchanged_count()),
      row(kRefused, load.refused_count())};
  if (load.left_out_count() > 0) {
    counts.push_back({session.Say(kLeftOut), CountText(load.left_out_count())});
  }
  printer.Print(counts);
  if (load.truncated()) printer.Warning(session.Say(label::kTruncated));
  if (args.validate_only) printer.Warning(session.Say(label::kNothingStored));
  if (load.refused_count() > 0) printer.Print(RefusedTable(session, response.refused_rows()));
  printer.EmptyLine();
  if (load.refused_count() > kMostRefused) {
    printer.Line(
        absl::StrCat(CountText(load.refused_count() - kMostRefused), " ", session.Say(kNotShown)));
  }
  if (load.name().empty()) return;
  printer.Line(
      absl::StrCat(session.Say(kEachRow), " puente loads ", args.server, " ", LastId(load.name())));
}

// The acknowledgements of a load, all pages.
bool ReadRows(Session& session, const LoadsArgs& args, api::v1::ListLoadRowsResponse* rows) {
  api::v1::ListLoadRowsRequest request;
  request.set_parent(LoadName(args.load));
  request.set_refused_only(args.refused_only);
  request.set_page_size(kPage);
  return session.CallForAll(args.server, kListRows, request, rows);
}

Table TableOf(Session& session, const google::protobuf::RepeatedPtrField<LoadRow>& rows) {
  Table table = RowTable(session);
  for (const LoadRow& row : rows) AddRow(row, session.Say(OutcomeLabel(row.outcome())), table);
  return table;
}

// For spreadsheets, as the contract names it: a line for each error of a row, or for a row that has
// none.
Table RecordsOf(const google::protobuf::RepeatedPtrField<LoadRow>& rows) {
  Table table(
      {{"row"}, {"line"}, {"name"}, {"outcome"}, {"field"}, {"value"}, {"rule"}, {"remedy"}});
  for (const LoadRow& row : rows) {
    AddRow(row, api::v1::LoadOutcome_Name(row.outcome()), table);
  }
  return table;
}

// For spreadsheets each row of the file; of one that was only checked those that were refused.
ExitCode Report(Session& session, const LoadFileArgs& args,
                const api::v1::LoadRecordsResponse& response) {
  const Load& load = response.load();
  const ExitCode code = load.refused_count() > 0 || load.truncated() ? kRejectedRows : kOk;
  if (session.options().format == Format::kTable) {
    Print(session, args, response);
  } else if (session.options().format == Format::kJson) {
    session.PrintForPrograms(response);
  } else if (load.name().empty()) {
    session.out() << RecordsOf(response.refused_rows()).Csv();
    const int64_t more = load.refused_count() - response.refused_rows_size();
    if (more > 0) session.err() << CountText(more) << " " << session.Say(kNotShown) << "\n";
  } else {
    api::v1::ListLoadRowsResponse rows;
    if (!ReadRows(session, {args.server, load.name(), false}, &rows)) return kFailure;
    session.out() << RecordsOf(rows.rows()).Csv();
  }
  return code;
}

Table LoadTable(Session& session, const api::v1::ListLoadsResponse& loads) {
  Table table({{session.Say(kCollection), Column::kLeft, 20},
               {session.Say(kWhole)},
               {session.Say(kTaken), Column::kRight},
               {session.Say(kChanged), Column::kRight},
               {session.Say(kSame), Column::kRight},
               {session.Say(kRefused), Column::kRight},
               {session.Say(kLoad), Column::kBelow},
               {session.Say(kWhen), Column::kTextBelow}});
  for (const Load& load : loads.loads()) {
    const bool whole = load.state() == api::v1::LOAD_STATE_FINISHED;
    table.Add({load.collection(), session.Say(whole ? kWhole : kBrokenOff),
               CountText(load.taken_count()), CountText(load.changed_count()),
               CountText(load.unchanged_count()), CountText(load.refused_count()),
               LastId(load.name()),
               absl::StrCat(TimeText(load.create_time()), ", ", load.profile())});
  }
  return table;
}

}  // namespace

ExitCode LoadFile(Session& session, const LoadFileArgs& args) {
  const std::unique_ptr<SentFile> file = SentFile::Open(session, args.file);
  if (file == nullptr) return kFailure;
  if (const ExitCode code = session.Open(absl::StrCat("agency/", args.server)); code != kOk) {
    return code;
  }
  const api::v1::LoadRecordsRequest header = HeaderOf(args, file->size());
  if (session.options().explain) {
    ExplainUpload(session, args.server, kLoadRecords, args.file, header);
    return kOk;
  }
  api::v1::LoadRecordsResponse response;
  const ExitCode sent =
      Upload(session, args.server, *file, args.validate_only ? kChecking : kLoading, header,
             [&](const std::shared_ptr<grpc::Channel>& channel, grpc::ClientContext* context) {
               return api::v1::LoadService::NewStub(channel)->LoadRecords(context, &response);
             });
  return sent == kOk ? Report(session, args, response) : sent;
}

ExitCode Loads(Session& session, const LoadsArgs& args) {
  if (const ExitCode code = session.Open(absl::StrCat("agency/", args.server)); code != kOk) {
    return code;
  }
  if (args.load.empty()) {
    api::v1::ListLoadsRequest request;
    request.set_page_size(kPage);
    if (session.Explains(args.server, kListLoads, request)) return kOk;
    api::v1::ListLoadsResponse all;
    if (!session.CallForAll(args.server, kListLoads, request, &all)) return kFailure;
    session.PrintList(all, LoadTable(session, all));
    return kOk;
  }
  if (session.options().explain) {
    api::v1::ListLoadRowsRequest request;
    request.set_parent(LoadName(args.load));
    request.set_refused_only(args.refused_only);
    session.Explain(session.client(), args.server, kListRows, request);
    return kOk;
  }
  api::v1::ListLoadRowsResponse rows;
  if (!ReadRows(session, args, &rows)) return kFailure;
  if (session.options().format == Format::kCsv) {
    session.out() << RecordsOf(rows.rows()).Csv();
  } else {
    session.PrintList(rows, TableOf(session, rows.rows()));
  }
  return kOk;
}

}  // namespace puente::cli
