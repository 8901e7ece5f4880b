// What is to be on the disk, whatever happens to the machine next. Errors are the system's own.
#pragma once

#include <filesystem>
#include <system_error>

#include "absl/strings/string_view.h"

namespace puente {

// Of errno.
std::error_code LastError();

// Writes all of it to an open file.
std::error_code WriteAll(int file, absl::string_view text);
// The same, and waits until it is on the disk.
std::error_code WriteAndSync(int file, absl::string_view text);
// Waits until it is on the disk: what was written to an open file, and which files a folder has.
std::error_code SyncFile(int file);
std::error_code SyncFolder(const std::filesystem::path& folder);

}  // namespace puente
