// The same call as a command line of buf, to paste.
#pragma once

#include <string>

#include "cli/options.h"
#include "common/identity/tls.h"

namespace puente::cli {

// A word for a POSIX shell, quoted where it must be.
std::string ShellWord(const std::string& text);

// "buf curl ... https://ADDRESS/METHOD", which learns the types by reflection. `data` is JSON, or
// "@-" to read it from the standard input.
std::string BufCurl(const std::string& address, const std::string& method, const std::string& data,
                    const identity::TlsFiles& files, const Headers& headers);

}  // namespace puente::cli
