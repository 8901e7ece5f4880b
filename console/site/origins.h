// Whether a request is from whom it says it is: against other sites in the same browser, and names
// that are made to lead here.
#pragma once

#include <string>
#include <vector>

#include "console/http/exchange.h"

namespace puente::console {

// Whatever the case of its letters, as names of hosts and fields are compared.
bool IsOneOf(absl::string_view text, const std::vector<std::string>& all);

// Whether only this machine reaches an address that a server listens on.
bool IsLocal(const std::string& address);

// The names of its host, without a port: all of this machine's where it is one. None of a socket in
// the file system, which is asked under any.
std::vector<std::string> HostsOf(const std::string& address);

// Where a request may come from: the site's own pages and programs, or a link anywhere.
enum class From { kOwnPages, kAnyLink };

// Why the request is refused; "" if it isn't. Its Host must be one of `hosts` at any port, none
// meaning any; an Origin must be its Host's or one of `origins` ("https://tablero.example.mx").
std::string ForeignBy(const Exchange& exchange, const std::vector<std::string>& hosts,
                      const std::vector<std::string>& origins, From from = From::kOwnPages);

}  // namespace puente::console
