// Stands between a database server's socket and its clients, to lose what they say to each other.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace puente::testing {

class Proxy {
 public:
  explicit Proxy(std::string server);  // path of its socket
  ~Proxy();
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  const std::string& socket() const { return socket_; }

  enum class Loss {
    kNothing,
    kRequest,  // the server never sees it
    kAnswer,   // the server has done it
  };
  // Cuts the connection of the next COMMIT. Whatever is open then is passed nothing more, as by a
  // network that has gone; new connections are served.
  void LoseNextCommit(Loss loss) { loss_ = loss; }

 private:
  struct Pair {
    int client = -1;
    int server = -1;
  };
  void Accept();
  void Pass(Pair pair, int number);
  // Whether the connection goes on.
  bool FromClient(const Pair& pair);

  const std::string server_;
  std::string folder_;
  std::string socket_;
  int listener_ = -1;
  std::atomic<bool> stop_ = false;
  std::atomic<Loss> loss_ = Loss::kNothing;
  std::atomic<int> accepted_ = 0;
  std::atomic<int> frozen_ = 0;  // of those accepted, how many
  absl::Mutex mutex_;
  std::vector<std::thread> passing_ ABSL_GUARDED_BY(mutex_);
  std::thread accepting_;
};

}  // namespace puente::testing
