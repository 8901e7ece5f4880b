#include "tests/bench/portal.h"

#include <array>
#include <fstream>

#include "absl/strings/str_format.h"
#include "common/crypto/digest.h"
#include "puente/labor/v1/statistics.grpc.pb.h"
#include "tests/bench/client.h"

namespace puente::bench {
namespace {

constexpr size_t kSlice = 64 * 1024;
constexpr int64_t kDays = 31;

constexpr std::array kJobs = {"auxiliar administrativo",  "vendedor de mostrador",
                              "operador de producción",   "chofer repartidor",
                              "técnico en mantenimiento", "cajero",
                              "analista de sistemas",     "enfermera general",
                              "ayudante general de obra", "ejecutivo de ventas bilingüe"};
constexpr std::array kContracts = {"Contrato por tiempo indeterminado",
                                   "Contrato por tiempo determinado",
                                   "Contrato por periodo de prueba", "No especificado"};
constexpr std::array kStates = {
    "Aguascalientes", "Baja California", "Chihuahua", "Ciudad de México", "Jalisco", "México",
    "Nuevo León",     "Puebla",          "Querétaro", "San Luis Potosí",  "Sonora",  "Yucatán"};
constexpr std::array kMunicipalities = {
    "Centro", "Tijuana", "Guadalajara", "Miguel Hidalgo", "Monterrey", "No especificado", "Toluca"};
constexpr std::array kLevels = {"Primaria", "Secundaria/sec. técnica", "Prepa o vocacional",
                                "Carrera técnica", "Licenciatura"};
constexpr std::array kExperience = {"No especificada", "6m - 1 año", "1 - 2 años", "2 - 3 años"};
constexpr std::array kLanguages = {"No es requisito", "No es requisito", "No es requisito",
                                   "No es requisito", "No es requisito", "Inglés-Intermedio"};

// The numbers of one row: a different mix for each use, the same every time.
class Draw {
 public:
  explicit Draw(uint64_t row) : state_(row * 0x9E3779B97F4A7C15 + 1) {}
  uint64_t Below(uint64_t bound) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545F4914F6CDD1D % bound;
  }
  template <class Values>
  const char* Of(const Values& values) {
    return values[Below(values.size())];
  }

 private:
  uint64_t state_;
};

// By day, as the portal's file is.
std::string Row(int64_t row, int64_t day) {
  Draw draw(row);
  draw.Below(2);
  const int hours = static_cast<int>(6 + draw.Below(6));
  const int saturday = static_cast<int>(draw.Below(2));
  return absl::StrFormat(
      "2020-08-%02d,%s %d,%d,%s,800,%d00,%d.0,1,1,1,1,1,%d,0,%d,%s,%s,%s,%s,%s\n", day,
      draw.Of(kJobs), row, 3000 + 100 * draw.Below(270), draw.Of(kContracts), 8 + hours, hours,
      saturday, 5 + saturday, draw.Of(kStates), draw.Of(kMunicipalities), draw.Of(kLevels),
      draw.Of(kExperience), draw.Of(kLanguages));
}

}  // namespace

int64_t WritePortalFile(const std::string& path, int64_t rows, int64_t bytes, int64_t first) {
  constexpr int64_t kTypicalRow = 160;
  const int64_t expected = std::max(rows, bytes / kTypicalRow);
  std::ofstream file(path, std::ios::binary);
  file << "isodate,offer,salary,contract_type,start_hour,end_hour,hours_worked,monday,tuesday,"
          "wednesday,thursday,friday,saturday,sunday,days_worked,state,municipality,"
          "education_level,experience,languages\n";
  int64_t row = 0;
  for (int64_t size = 0; row < rows || size < bytes; ++row) {
    const std::string text = Row(first + row, std::min(1 + row * kDays / expected, kDays));
    size += static_cast<int64_t>(text.size());
    file << text;
  }
  file.close();
  if (!file) Die("can't write " + path);
  return row;
}

labor::v1::LoadVacanciesResponse LoadPortalFile(const std::shared_ptr<grpc::Channel>& labor,
                                                const std::string& path, Pass pass) {
  auto stub = labor::v1::VacancyService::NewStub(labor);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::hours(2));  // ten million rows
  labor::v1::LoadVacanciesResponse response;
  auto writer = stub->LoadVacancies(&context, &response);
  labor::v1::LoadVacanciesRequest request;
  request.mutable_header()->set_profile("portal-empleo-2020");
  request.mutable_header()->set_source("bench");
  request.mutable_header()->set_record_kind(type::v1::RECORD_KIND_GENERATED);
  request.mutable_header()->set_request_id(crypto::Uuid4());
  request.mutable_header()->set_validate_only(pass == Pass::kCheck);
  bool open = writer->Write(request);
  std::ifstream file(path, std::ios::binary);
  std::string slice(kSlice, '\0');
  while (open && file) {
    file.read(slice.data(), static_cast<std::streamsize>(slice.size()));
    if (file.gcount() == 0) break;
    request.set_content(slice.data(), static_cast<size_t>(file.gcount()));
    open = writer->Write(request);
  }
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  if (!status.ok()) Die("the load failed: " + status.error_message());
  return response;
}

void AwaitFigures(const std::shared_ptr<grpc::Channel>& labor, const std::string& freshness) {
  using labor::v1::VacancyStatisticsService;
  labor::v1::GetVacancyStatisticsRequest request;
  request.set_at_least(freshness);
  Ask(*VacancyStatisticsService::NewStub(labor),
      &VacancyStatisticsService::Stub::GetVacancyStatistics, request);
}

}  // namespace puente::bench
