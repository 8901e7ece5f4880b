// The connector alone: the fastest that a statement can go from C++. Includes nothing of Puente.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bare {

struct Place {
  std::string socket;
  std::string schema;
};

// A parameter: a number, bytes, or NULL with neither.
struct Cell {
  std::optional<int64_t> number;
  std::optional<std::string> text;
};

class Loop {
 public:
  virtual ~Loop() = default;
  // Runs the statement on all connections for so long. Returns how often a second.
  virtual double Rate(double seconds) = 0;
  // How long the slowest hundredth of its runs took at least.
  virtual double P99Milliseconds() const = 0;
  // And their median.
  virtual double P50Milliseconds() const = 0;
};

// A select by one text key, prepared once a connection; each run takes the next of `keys` and reads
// every column of the row.
std::unique_ptr<Loop> SelectLoop(const Place& place, const std::string& statement,
                                 std::vector<std::string> keys, int connections);

// START TRANSACTION, an insert prepared once a connection, COMMIT. The first parameter is made
// unique each time.
std::unique_ptr<Loop> InsertLoop(const Place& place, const std::string& statement,
                                 std::vector<Cell> row, int connections);

// START TRANSACTION, a statement without parameters prepared once a connection, COMMIT.
std::unique_ptr<Loop> UpdateLoop(const Place& place, const std::string& statement, int connections);

}  // namespace bare
