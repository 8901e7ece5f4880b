#include "tests/bench/bare/export.h"

#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <grpcpp/grpcpp.h>
#include <mysql_driver.h>
#include <signal.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "puente/gateway/v1/report.grpc.pb.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"

namespace bare {
namespace {

namespace v1 = puente::labor::v1;
namespace gateway = puente::gateway::v1;

constexpr int kPage = 1000;
// Of a page, as large as Puente's messages.
constexpr int kMessageBytes = 256 << 10;
constexpr char kSelect[] =
    "SELECT id, version, state, offer, YEAR(offer_date), MONTH(offer_date), DAY(offer_date),"
    " state_code, municipality, monthly_wage, contract_kind, minutes_a_day, days_a_week,"
    " education_level, experience, languages, scian_class, scian_origin, occupation_code,"
    " occupation_origin, skills, post_count, source, record_kind, supplier, quality, close_reason,"
    " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', close_time),"
    " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', create_time),"
    " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', update_time)"
    " FROM vacancy WHERE id > ? ORDER BY id LIMIT 1000";

std::string Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string Text(sql::ResultSet& row, uint32_t column) {
  const sql::SQLString text = row.getString(column);
  return {text.c_str(), text.length()};
}

void SetTime(int64_t micros, google::protobuf::Timestamp& time) {
  time.set_seconds(micros / 1'000'000);
  time.set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
}

void Fill(sql::ResultSet& row, v1::Vacancy& vacancy) {
  vacancy.set_name("vacancies/" + Text(row, 1));
  vacancy.set_etag("v" + Text(row, 2));
  vacancy.set_state(static_cast<v1::VacancyState>(row.getInt(3)));
  vacancy.set_offer(Text(row, 4));
  vacancy.mutable_offer_date()->set_year(row.getInt(5));
  vacancy.mutable_offer_date()->set_month(row.getInt(6));
  vacancy.mutable_offer_date()->set_day(row.getInt(7));
  vacancy.set_state_code(Text(row, 8));
  vacancy.set_municipality(Text(row, 9));
  if (!row.isNull(10)) {
    const int64_t centavos = row.getInt64(10);
    vacancy.mutable_monthly_wage()->set_currency_code("MXN");
    vacancy.mutable_monthly_wage()->set_units(centavos / 100);
    vacancy.mutable_monthly_wage()->set_nanos(static_cast<int32_t>(centavos % 100 * 10'000'000));
  }
  vacancy.set_contract_kind(static_cast<v1::ContractKind>(row.getInt(11)));
  vacancy.set_minutes_a_day(row.getInt(12));
  vacancy.set_days_a_week(row.getInt(13));
  vacancy.set_education_level(static_cast<v1::EducationLevel>(row.getInt(14)));
  vacancy.set_experience(Text(row, 15));
  if (!row.isNull(16)) vacancy.MergeFromString(Text(row, 16));
  vacancy.set_scian_class(Text(row, 17));
  vacancy.set_scian_origin(static_cast<v1::CodeOrigin>(row.getInt(18)));
  vacancy.set_occupation_code(Text(row, 19));
  vacancy.set_occupation_origin(static_cast<v1::CodeOrigin>(row.getInt(20)));
  if (!row.isNull(21)) vacancy.MergeFromString(Text(row, 21));
  vacancy.set_post_count(row.getInt(22));
  vacancy.set_source(Text(row, 23));
  vacancy.set_record_kind(static_cast<puente::type::v1::RecordKind>(row.getInt(24)));
  vacancy.set_supplier(Text(row, 25));
  vacancy.mutable_quality()->ParseFromString(Text(row, 26));
  vacancy.set_close_reason(static_cast<v1::CloseReason>(row.getInt(27)));
  if (!row.isNull(28)) SetTime(row.getInt64(28), *vacancy.mutable_close_time());
  SetTime(row.getInt64(29), *vacancy.mutable_create_time());
  SetTime(row.getInt64(30), *vacancy.mutable_update_time());
}

std::unique_ptr<sql::Connection> Connect(const Place& place) {
  sql::ConnectOptionsMap options;
  options["hostName"] = sql::SQLString("unix://" + place.socket);
  options["userName"] = sql::SQLString("root");
  options["password"] = sql::SQLString("");
  options["schema"] = sql::SQLString(place.schema);
  options["OPT_CHARSET_NAME"] = sql::SQLString("utf8mb4");
  return std::unique_ptr<sql::Connection>(
      sql::mysql::get_mysql_driver_instance()->connect(options));
}

class Service final : public v1::VacancyService::Service {
 public:
  explicit Service(const Place& place) : place_(place) {}

  grpc::Status ExportVacancies(grpc::ServerContext*, const v1::ExportVacanciesRequest*,
                               grpc::ServerWriter<v1::ExportVacanciesResponse>* writer) override {
    const std::unique_ptr<sql::Connection> connection = Connect(place_);
    const std::unique_ptr<sql::PreparedStatement> statement(connection->prepareStatement(kSelect));
    std::string last;
    for (int count = kPage; count == kPage;) {
      statement->setString(1, last);
      const std::unique_ptr<sql::ResultSet> rows(statement->executeQuery());
      count = SendPage(*rows, *writer, last);
    }
    return grpc::Status::OK;
  }

 private:
  static int SendPage(sql::ResultSet& rows, grpc::ServerWriter<v1::ExportVacanciesResponse>& writer,
                      std::string& last) {
    v1::ExportVacanciesResponse response;
    size_t bytes = 0;
    int count = 0;
    for (; rows.next(); ++count) {
      v1::Vacancy& vacancy = *response.add_vacancies();
      Fill(rows, vacancy);
      bytes += vacancy.ByteSizeLong();
      if (bytes > kMessageBytes) {
        writer.Write(response);
        response.Clear();
        bytes = 0;
      }
      last = Text(rows, 1);
    }
    writer.Write(response);
    return count;
  }

  const Place place_;
};

// Files of reports, a piece a message.
class ReportFiles final : public gateway::ReportService::Service {
 public:
  explicit ReportFiles(const Place& place) : place_(place) {}

  grpc::Status ExportReportFile(
      grpc::ServerContext*, const gateway::ExportReportFileRequest* request,
      grpc::ServerWriter<gateway::ExportReportFileResponse>* writer) override {
    const std::unique_ptr<sql::Connection> connection = Connect(place_);
    const std::unique_ptr<sql::PreparedStatement> statement(
        connection->prepareStatement("SELECT content FROM report_part WHERE report = ? AND kind = 3"
                                     " AND item = ? AND number >= ? ORDER BY number LIMIT 6"));
    statement->setString(1, request->name().substr(std::string("reports/").size()));
    statement->setString(2, request->path());
    gateway::ExportReportFileResponse response;
    for (int number = 0;; number += kPieces) {
      statement->setInt(3, number);
      const std::unique_ptr<sql::ResultSet> rows(statement->executeQuery());
      int count = 0;
      for (; rows->next(); ++count) {
        response.set_content(Text(*rows, 1));
        writer->Write(response);
      }
      if (count < kPieces) return grpc::Status::OK;
    }
  }

 private:
  static constexpr int kPieces = 6;

  const Place place_;
};

}  // namespace

int ServeExport(const Export& options) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  tls.pem_root_certs = Read(options.ca);
  tls.pem_key_cert_pairs = {{Read(options.key), Read(options.certificate)}};
  Service service(options.place);
  ReportFiles reports(options.place);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &port);
  builder.RegisterService(&service);
  builder.RegisterService(&reports);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) return 1;
  std::printf("{\"event\":\"ready\",\"agency\":\"export\",\"address\":\"127.0.0.1:%d\"}\n", port);
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  server->Shutdown();
  return 0;
}

}  // namespace bare
