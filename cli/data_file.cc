#include "cli/data_file.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/context/file.h"
#include "common/crypto/digest.h"
#include "common/federation/contract.h"
#include "common/status/macros.h"

namespace puente::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Skills first, since all others refer to them; signals after what they are about; last what the
// gateway keeps, which is about all of it.
constexpr const char* kServers[] = {"labor", "economy", "education", "science", "gateway"};

absl::Status Wrong(const std::string& path, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", what));
}

std::string Text(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

absl::Status AddRequests(const json& requests, DataFile& file) {
  for (const json& request : requests) {
    auto message = MessageFromJson(file.method->input_type(), request.dump());
    if (!message.ok()) {
      return Wrong(file.path, absl::StrCat("requests[", file.requests.size(),
                                           "]: ", message.status().message()));
    }
    SetRequestId(**message, RequestIdOf(MethodName(*file.method), **message));
    file.requests.push_back(*std::move(message));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<std::string>> DataFiles(const std::string& folder) {
  std::vector<std::string> paths;
  for (const char* server : kServers) {
    std::vector<std::string> names;
    const fs::path own = fs::path(folder) / server;
    std::error_code error;
    for (fs::directory_iterator entry(own, error), end; !error && entry != end;
         entry.increment(error)) {
      // What is no file, and a link that leads nowhere, is left out.
      std::error_code ignored;
      if (entry->is_regular_file(ignored) && entry->path().extension() == ".json") {
        names.push_back(entry->path().string());
      }
    }
    if (error && error != std::errc::no_such_file_or_directory) {
      return Wrong(own.string(), error.message());
    }
    std::sort(names.begin(), names.end());
    paths.insert(paths.end(), names.begin(), names.end());
  }
  if (paths.empty()) {
    return absl::NotFoundError(absl::StrCat(
        folder,
        " has no data: there is no file labor/*.json, economy/*.json, education/*.json, "
        "science/*.json or gateway/*.json in it"));
  }
  return paths;
}

absl::StatusOr<DataFile> ParseDataFile(const std::string& path, const std::string& text) {
  const json parsed = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_object()) return Wrong(path, "it is not a JSON object");
  DataFile file;
  file.path = path;
  const auto method =
      FindMethod(absl::StrCat(Text(parsed, "service"), "/", Text(parsed, "method")));
  if (!method.ok()) return Wrong(path, method.status().message());
  file.method = *method;
  file.server = ServerOf(*file.method->service());
  if (file.server.empty()) file.server = Text(parsed, "server");
  if (file.server.empty()) return Wrong(path, "\"server\" does not say which one answers");
  file.caller = Text(parsed, "as");
  file.actor = Text(parsed, "actor");
  if (file.caller.empty()) return Wrong(path, "\"as\" does not say who calls");
  const auto ordered = parsed.find("ordered");
  file.ordered = ordered != parsed.end() && ordered->is_boolean() && ordered->get<bool>();
  const auto requests = parsed.find("requests");
  if (requests == parsed.end() || !requests->is_array()) {
    return Wrong(path, "\"requests\" is not a list");
  }
  RETURN_IF_ERROR(AddRequests(*requests, file));
  return file;
}

absl::StatusOr<DataFile> ReadDataFile(const std::string& path) {
  const std::optional<std::string> text = ReadFile(path);
  if (!text) return Wrong(path, "it cannot be read");
  return ParseDataFile(path, *text);
}

std::string RequestIdOf(const std::string& method, const google::protobuf::Message& request) {
  const std::string canonical = crypto::Canonical(request);
  std::string bytes = crypto::TaggedSha256("puente.load-data/1", {method, canonical}).substr(0, 16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);  // version 4
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);  // variant 1
  const std::string hex = absl::BytesToHexString(bytes);
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20));
}

}  // namespace puente::cli
