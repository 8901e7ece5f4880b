// The one browser that may use the console: who acts in it, and in which language.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace puente::console {

// Thread-safe. A link opens it once; after that a cookie is what it is known by.
class Session {
 public:
  Session(std::string actor, std::string language);

  // The secret of the link, until it is used.
  std::string link() const;
  // The cookie's secret for whoever brings the link's, once; else "".
  std::string Open(absl::string_view link);
  // Whether the cookie is the one that was given.
  bool Knows(absl::string_view cookie) const;

  std::string actor() const;
  std::string language() const;  // "es", "en"
  void set_actor(std::string actor);
  void set_language(std::string language);

 private:
  mutable absl::Mutex mutex_;
  std::string link_ ABSL_GUARDED_BY(mutex_);    // "" once used
  std::string cookie_ ABSL_GUARDED_BY(mutex_);  // "" until then
  std::string actor_ ABSL_GUARDED_BY(mutex_);
  std::string language_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace puente::console
