// Ratios: what Puente does beside what the same machine does bare, in the same minute.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace puente::bench {

struct Options {
  bool quick = false;  // rounds that only show that everything runs
  bool large = false;  // what is measured of many rows has all of them, not a tenth
  std::string only;    // regular expression on the lines' names; empty for all

  double round_seconds() const { return quick ? 0.1 : 2; }
  int pairs() const { return quick ? 3 : 7; }
  int64_t size(int64_t full, int64_t smoke) const {
    return quick ? smoke : large ? full : full / 10;
  }
};

// What a line is judged by.
struct Target {
  enum class Sense { kAtLeast, kAtMost };
  Sense sense;
  double bound;
};
constexpr Target AtLeast(double bound) { return {Target::Sense::kAtLeast, bound}; }
constexpr Target AtMost(double bound) { return {Target::Sense::kAtMost, bound}; }

struct Pair {
  double value = 0;
  double limit = 0;
  double ratio() const { return value / limit; }
};

// A line of output.
struct Line {
  std::string name;
  std::string unit;  // of value and limit: "1/s", "ms", "MB"
  Target target;
  // What the target bounds: value / limit, or the value alone.
  enum class Judged { kRatio, kValue } judged = Judged::kRatio;
};

// Prints a line as JSON, with the pair whose ratio is the median, if it is wanted.
void Print(const Options& options, const Line& line, std::vector<Pair> pairs);

// Whether --only asks for it.
bool Wanted(const Options& options, const std::string& name);

// Says on stderr what is being done.
void Say(const std::string& what);

// Runs the sides in turn, forwards and then backwards, until each has run so many times. Returns
// for each side its figures, in the order of the rounds.
std::vector<std::vector<double>> Interleave(const std::vector<std::function<double()>>& sides,
                                            int rounds);

// How often a second each of both runs. They take turns so short that the machine's moods fall on
// both: for lines that lie closer together than a machine is steady from one second to the next.
Pair Rates(double seconds, const std::function<void(int64_t)>& value,
           const std::function<void(int64_t)>& limit);

std::vector<Pair> Pairs(const std::vector<double>& values, const std::vector<double>& limits);

// The value that this share of them does not exceed.
double Percentile(std::vector<double> values, double share);

// What clients saw.
struct Load {
  double rate = 0;  // answers a second
  double p50 = 0;   // milliseconds
  double p99 = 0;
};

}  // namespace puente::bench
