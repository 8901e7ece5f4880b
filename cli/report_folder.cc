#include "cli/report_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/context/file.h"
#include "common/crypto/digest.h"
#include "common/status/macros.h"

namespace puente::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr char kManifest[] = "manifest.json";

struct Listed {
  std::string sha256;  // in hexadecimal
  uint64_t byte_count;
};

absl::Status Broken(const std::string& folder, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(folder, "/", kManifest, ": ", what));
}

std::string Text(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// The name of a file in the folder itself, on every system.
bool IsPlainName(const std::string& path) {
  return !path.empty() && path[0] != '.' && path != kManifest &&
         std::all_of(path.begin(), path.end(), [](char c) {
           return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
         });
}

bool IsDigest(const std::string& text) {
  return text.size() == 2 * crypto::kDigestBytes &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f'); });
}

absl::StatusOr<std::map<std::string, Listed>> FilesOf(const json& manifest,
                                                      const std::string& folder) {
  const auto files = manifest.find("files");
  if (files == manifest.end() || !files->is_array()) {
    return Broken(folder, "\"files\" is not a list");
  }
  if (files->empty()) return Broken(folder, "\"files\" is empty");
  std::map<std::string, Listed> listed;
  for (size_t i = 0; i < files->size(); ++i) {
    const json& file = (*files)[i];
    const std::string place = absl::StrCat("files[", i, "]");
    if (!file.is_object()) return Broken(folder, absl::StrCat(place, " is not an object"));
    const std::string path = Text(file, "path");
    if (!IsPlainName(path)) {
      return Broken(folder, absl::StrCat(place, ": \"", absl::Utf8SafeCEscape(path),
                                         "\" is not the name of a file in the folder"));
    }
    const std::string sha256 = Text(file, "sha256");
    if (!IsDigest(sha256)) {
      return Broken(folder, absl::StrCat(place, ": \"sha256\" is not 64 hexadecimal digits"));
    }
    const auto bytes = file.find("byte_count");
    if (bytes == file.end() || !bytes->is_number_unsigned()) {
      return Broken(folder, absl::StrCat(place, ": \"byte_count\" is not a number of bytes"));
    }
    if (!listed.emplace(path, Listed{sha256, bytes->get<uint64_t>()}).second) {
      return Broken(folder, absl::StrCat(place, ": \"", path, "\" is listed twice"));
    }
  }
  return listed;
}

// Slice by slice: a table may be larger than memory. A CSV may begin with a byte order mark that
// whoever opened the report asked for; what follows is to be as it is listed.
bool IsAsListed(const fs::path& path, const Listed& listed) {
  std::error_code error;
  if (fs::symlink_status(path, error).type() != fs::file_type::regular) return false;
  const uint64_t size = fs::file_size(path, error);
  if (error) return false;
  std::ifstream file(path, std::ios::binary);
  if (size == listed.byte_count + kByteOrderMark.size() && path.extension() == ".csv") {
    std::string begins(kByteOrderMark.size(), '\0');
    file.read(begins.data(), static_cast<std::streamsize>(begins.size()));
    if (begins != kByteOrderMark) return false;
  } else if (size != listed.byte_count) {
    return false;
  }
  crypto::Sha256Stream digest;
  std::vector<char> slice(1 << 16);
  while (file) {
    file.read(slice.data(), static_cast<std::streamsize>(slice.size()));
    digest.Add({slice.data(), static_cast<size_t>(file.gcount())});
  }
  return file.eof() && absl::BytesToHexString(digest.Digest()) == listed.sha256;
}

}  // namespace

absl::StatusOr<ReportCheck> CheckReportFolder(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return absl::NotFoundError(absl::StrCat(folder, " is not a folder"));
  }
  const fs::path manifest_path = fs::path(folder) / kManifest;
  if (fs::symlink_status(manifest_path, error).type() == fs::file_type::not_found) {
    return absl::NotFoundError(
        absl::StrCat(folder, " has no ", kManifest, ", so it is not the folder of a report"));
  }
  const auto text =
      fs::is_symlink(manifest_path, error) ? std::nullopt : ReadFile(manifest_path.string());
  if (!text) return Broken(folder, "it cannot be read");
  const json manifest = json::parse(*text, nullptr, /*allow_exceptions=*/false);
  if (!manifest.is_object()) return Broken(folder, "it is not a JSON object");
  ASSIGN_OR_RETURN(const auto listed, FilesOf(manifest, folder));
  const auto signatures = manifest.find("signatures");
  if (signatures == manifest.end() || !signatures->is_array()) {
    return Broken(folder, "\"signatures\" is not a list");
  }

  for (const char* key : {"report", "version"}) {
    if (Text(manifest, key).empty()) return Broken(folder, absl::StrCat("it has no \"", key, "\""));
  }
  ReportCheck check{.report = Text(manifest, "report"),
                    .version = Text(manifest, "version"),
                    .file_count = listed.size(),
                    .signature_count = signatures->size()};
  for (const auto& [name, file] : listed) {
    const fs::path path = fs::path(folder) / name;
    if (fs::symlink_status(path, error).type() == fs::file_type::not_found) {
      check.faults.push_back({name, ReportFault::kMissing});
    } else if (!IsAsListed(path, file)) {
      check.faults.push_back({name, ReportFault::kChanged});
    }
  }
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name != kManifest && !listed.contains(name)) {
      check.faults.push_back({name, ReportFault::kUnlisted});
    }
  }
  if (error) return absl::UnavailableError(absl::StrCat(folder, " cannot be listed"));
  std::sort(check.faults.begin(), check.faults.end(),
            [](const ReportFault& a, const ReportFault& b) { return a.path < b.path; });
  return check;
}

}  // namespace puente::cli
