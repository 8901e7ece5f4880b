// Small files read as a whole: configuration, keys, registries.
#pragma once

#include <optional>
#include <string>

namespace puente {

// The content of a regular file of at most 64 MB; nothing if it can't be read or is another thing,
// such as a pipe that would never end.
std::optional<std::string> ReadFile(const std::string& path);

// Which file or folder that is, and in which state; "" if there is none. Another state has another
// stamp.
std::string FileStamp(const std::string& path);

}  // namespace puente
