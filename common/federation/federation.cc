#include "common/federation/federation.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/context/file.h"
#include "common/federation/contract.h"
#include "common/status/macros.h"
#include "proto/contract_files.h"

namespace puente {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr char kFile[] = "var/federation.json";
constexpr char kInstalled[] = "/etc/puente/federation.json";

std::string Text(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// An object's member that is an object; empty if there is none.
json Object(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_object() ? *found : json::object();
}

std::string Absolute(const fs::path& folder, const std::string& path) {
  return path.empty() ? path : (folder / path).lexically_normal().string();
}

std::vector<fs::path> Candidates() {
  std::vector<fs::path> paths;
  std::error_code error;
  for (fs::path folder = fs::current_path(error); !folder.empty(); folder = folder.parent_path()) {
    paths.push_back(folder / kFile);
    if (folder == folder.parent_path()) break;
  }
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  // build/bin/puente: the tree is two folders above the program's.
  if (!error) paths.push_back(program.parent_path().parent_path().parent_path() / kFile);
  paths.push_back(kInstalled);
  return paths;
}

}  // namespace

const std::vector<std::string>& Servers() {
  static const auto* servers = [] {
    std::set<std::string> agencies;
    for (const auto* file : ContractFiles()) {
      for (int i = 0; i < file->service_count(); ++i) agencies.insert(ServerOf(*file->service(i)));
    }
    agencies.erase("");  // what all of them answer
    agencies.erase("gateway");
    auto* found = new std::vector<std::string>{"gateway"};
    found->insert(found->end(), agencies.begin(), agencies.end());
    return found;
  }();
  return *servers;
}

std::vector<std::string> Agencies() { return {Servers().begin() + 1, Servers().end()}; }

absl::StatusOr<Federation> ParseFederation(const std::string& file, const std::string& text) {
  const json parsed = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_object()) {
    return absl::InvalidArgumentError(absl::StrCat(file, " is not a JSON object"));
  }
  Federation federation;
  federation.file = file;
  federation.addresses["gateway"] = Text(Object(parsed, "gateway"), "address");
  const json modules = Object(parsed, "modules");
  for (const auto& [agency, server] : modules.items()) {
    federation.addresses[agency] = Text(server, "address");
  }
  const fs::path folder = fs::path(file).parent_path();
  const json callers = Object(parsed, "callers");
  for (const auto& [caller, files] : callers.items()) {
    federation.callers[caller] = {Absolute(folder, Text(files, "ca")),
                                  Absolute(folder, Text(files, "certificate")),
                                  Absolute(folder, Text(files, "key"))};
  }
  const json acting = Object(parsed, "actors");
  for (const auto& [caller, actors] : acting.items()) {
    for (const auto& [actor, role] : actors.items()) {
      if (role.is_string()) federation.actors[caller][actor] = role.get<std::string>();
    }
  }
  if (federation.callers.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(file, " names no callers"));
  }
  return federation;
}

absl::StatusOr<Federation> ReadFederation(const std::string& path) {
  std::vector<fs::path> candidates;
  if (path.empty()) {
    candidates = Candidates();
  } else {
    candidates.push_back(fs::absolute(path));
  }
  for (const fs::path& candidate : candidates) {
    const std::optional<std::string> text = ReadFile(candidate);
    if (text) return ParseFederation(candidate.string(), *text);
  }
  return absl::NotFoundError(
      path.empty() ? absl::StrCat("there is no ", kFile, " here or above, and no ", kInstalled)
                   : absl::StrCat("there is no ", path));
}

}  // namespace puente
