#include "common/hosting/printed_contract.h"

#include <grpcpp/grpcpp.h>

#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/calls/service.h"
#include "common/hosting/server_service.h"
#include "common/identity/access.h"
#include "common/identity/principals.h"
#include "common/status/macros.h"
#include "puente/api/v1/options.pb.h"

namespace puente::hosting {
namespace {

using nlohmann::ordered_json;

// A module that is made to be looked at: it has no database, and nobody calls it.
struct Shown {
  config::Server config;
  personal::KeyStore persons{{}};  // of nobody
  calls::Host host;
  Described described;
  std::unique_ptr<Module> module;

  explicit Shown(const std::string& agency) : host(Options(agency)) {}
  static calls::Host::Options Options(const std::string& agency) {
    calls::Host::Options options;
    options.agency = agency;
    options.pool.workers = 0;
    options.principals = [] { return std::make_shared<const identity::Principals>(); };
    return options;
  }
};

absl::StatusOr<std::unique_ptr<Shown>> Show(const ModuleKind& kind) {
  auto shown = std::make_unique<Shown>(kind.agency);
  const auto nowhere = [](absl::string_view) -> absl::StatusOr<std::shared_ptr<grpc::Channel>> {
    return grpc::CreateChannel("127.0.0.1:0", grpc::InsecureChannelCredentials());
  };
  if (kind.keeps_persons) shown->host.set_persons(&shown->persons);
  ASSIGN_OR_RETURN(shown->module, kind.make({shown->config, shown->host, std::nullopt, nowhere}));
  ServeServer(shown->host, shown->described);
  return shown;
}

ordered_json Methods(const calls::Host& host) {
  ordered_json methods = ordered_json::array();
  for (const auto& service : host.services()) {
    for (int i = 0; i < service->descriptor().method_count(); ++i) {
      const auto& descriptor = *service->descriptor().method(i);
      const calls::Method& method = *service->Find(descriptor.name());
      const auto& access = descriptor.options().GetExtension(api::v1::access);
      ordered_json roles = ordered_json::array(), purposes = ordered_json::array();
      for (const int role : access.roles()) {
        roles.push_back(api::v1::ActorRole_Name(static_cast<api::v1::ActorRole>(role)));
      }
      for (const int purpose : access.purposes()) {
        purposes.push_back(identity::PurposeId(static_cast<api::v1::Purpose>(purpose)));
      }
      methods.push_back({{"method", descriptor.full_name()},
                         {"answer", descriptor.output_type()->full_name()},
                         {"function", service->FunctionOf(method)},
                         {"callers", absl::StrJoin(access.callers(), " ")},
                         {"owners", absl::StrJoin(access.owners(), " ")},
                         {"agents", absl::StrJoin(access.agents(), " ")},
                         {"roles", roles},
                         {"purposes", purposes},
                         {"opens_personal", access.opens_personal()},
                         {"resource", method.resource}});
    }
  }
  return methods;
}

}  // namespace

absl::StatusOr<std::string> ContractJson(const std::vector<ModuleKind>& kinds) {
  ordered_json contract = ordered_json::array();
  for (const ModuleKind& kind : kinds) {
    ASSIGN_OR_RETURN(const auto shown, Show(kind));
    contract.push_back({{"agency", kind.agency},
                        {"methods", Methods(shown->host)},
                        {"resources", ordered_json::parse(shown->module->Resources())}});
  }
  return absl::StrCat(contract.dump(1), "\n");
}

absl::StatusOr<std::string> MethodsText(const std::vector<ModuleKind>& kinds) {
  constexpr std::array<const char*, 5> kColumns = {"method", "function", "callers", "owners",
                                                   "resource"};
  std::vector<std::array<std::string, 5>> rows = {
      {"METHOD", "FUNCTION", "CALLERS", "OWNERS", "RESOURCE"}};
  for (const ModuleKind& kind : kinds) {
    ASSIGN_OR_RETURN(const auto shown, Show(kind));
    for (const ordered_json& method : Methods(shown->host)) {
      auto& row = rows.emplace_back();
      for (size_t i = 0; i < row.size(); ++i) {
        row[i] = std::string(absl::StripPrefix(method[kColumns[i]].get<std::string>(), "puente."));
        row[i] = std::string(absl::StripPrefix(row[i], "puente::"));
        if (row[i].empty()) row[i] = "-";
      }
    }
  }
  std::array<size_t, 5> widths = {};
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (auto& row : rows) {
    for (size_t i = 0; i + 1 < row.size(); ++i) row[i].resize(widths[i] + 2, ' ');
    absl::StrAppend(&text, absl::StrJoin(row, ""), "\n");
  }
  return text;
}

}  // namespace puente::hosting
