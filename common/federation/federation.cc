#include "common/federation/federation.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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
  const fs::path built = program.parent_path().parent_path().parent_path() / kFile;
  if (!error && !absl::c_linear_search(paths, built)) paths.push_back(built);
  paths.push_back(kInstalled);
  return paths;
}

// Of this user or root, and nobody else's to change. In a folder like /tmp others make what they
// like, but change nothing of ours; the user's own group is he himself, or whom he trusts.
bool IsOurs(const fs::path& path) {
  struct stat state;
  if (lstat(path.c_str(), &state) != 0) return false;
  if (state.st_uid != geteuid() && state.st_uid != 0) return false;
  if (S_ISLNK(state.st_mode)) return true;  // what it leads to is looked at as well
  if (S_ISDIR(state.st_mode) && (state.st_mode & S_ISVTX) != 0) return true;
  const bool own_group = state.st_gid == getegid() || state.st_gid == 0;
  return (state.st_mode & (own_group ? S_IWOTH : S_IWOTH | S_IWGRP)) == 0;
}

// And so are all folders above it.
bool IsOursFromTheRoot(fs::path path) {
  for (; path != path.parent_path(); path = path.parent_path()) {
    if (!IsOurs(path)) return false;
  }
  return IsOurs(path);
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
  if (!path.empty()) {
    const fs::path file = fs::absolute(path);
    const std::optional<std::string> text = ReadFile(file.string());
    if (text) return ParseFederation(file.string(), *text);
    return absl::NotFoundError(absl::StrCat("there is no ", path));
  }
  std::vector<std::string> passed_over;
  for (const fs::path& candidate : Candidates()) {
    std::error_code error;
    // What is read is what was looked at, whoever changes a link meanwhile.
    const fs::path file = fs::canonical(candidate, error);
    if (error) continue;
    const bool installed = candidate.native() == kInstalled;
    if (!installed && !(IsOursFromTheRoot(candidate) && IsOursFromTheRoot(file))) {
      passed_over.push_back(candidate.string());
      continue;
    }
    const std::optional<std::string> text = ReadFile(file.string());
    if (!text) continue;
    ASSIGN_OR_RETURN(Federation federation, ParseFederation(candidate.string(), *text));
    federation.passed_over = std::move(passed_over);
    return federation;
  }
  const std::string others = passed_over.empty()
                                 ? ""
                                 : absl::StrCat("; passed over, since others can write there: ",
                                                absl::StrJoin(passed_over, ", "));
  return absl::NotFoundError(
      absl::StrCat("there is no ", kFile, " here or above, and no ", kInstalled, others));
}

}  // namespace puente
