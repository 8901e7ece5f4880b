// Files of a site, as they are sent.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "console/http/exchange.h"

namespace puente::console {

class Pages {
 public:
  // By name.
  explicit Pages(const std::map<std::string, absl::string_view>& files);
  // Those in a folder, read each time, for who works on them.
  explicit Pages(const std::string& folder);

  // Answers a GET of "/NAME", "/" being index.html; 404 if there is none.
  Answer Of(const Exchange& exchange, absl::string_view path) const;

 private:
  struct Page {
    std::string type;
    std::string bytes;
    std::string zipped;  // "" where that is not shorter
    std::string tag;
  };
  static Page Made(const std::string& name, std::string bytes);
  std::optional<Page> Find(const std::string& name) const;

  const std::string folder_;
  std::map<std::string, Page> pages_;
};

// What every page of the site is sent with: it runs its own files alone, in no other's frame.
void AddPageFields(Answer& answer);

// A page that says one thing, without files.
Answer PlainPage(int status, absl::string_view es, absl::string_view en);

}  // namespace puente::console
