// Runs a fuzz target without libFuzzer: smoke CORPUS MUTATIONS INPUT runs every file of the folder
// and then that many inputs made of them (a tenth without PUENTE_LONG), the same at every run. An
// input on which the target dies is left in the file INPUT.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/target.h"

namespace {

constexpr size_t kMostBytes = 16 << 10;

// What parsers of ours stumble over, if anything.
const std::vector<std::string>& Tokens() {
  static const auto* tokens = new std::vector<std::string>{",",
                                                           "\"",
                                                           "\"\"",
                                                           "\n",
                                                           "\r\n",
                                                           "\r",
                                                           "\xEF\xBB\xBF",
                                                           std::string(1, '\0'),
                                                           "\xC3\xB3",
                                                           "\xF3",
                                                           "\xC3",
                                                           "/",
                                                           "-",
                                                           "{",
                                                           "}",
                                                           "[",
                                                           "]",
                                                           "24.0",
                                                           "0",
                                                           "\\u",
                                                           "null",
                                                           "1e99",
                                                           "9999999999999999",
                                                           "2020-02-29",
                                                           "No es",
                                                           "Inglés-"};
  return *tokens;
}

class Mutator {
 public:
  std::string operator()(std::string input, const std::string& other) {
    for (size_t n = 1 + Below(8); n > 0; --n) Mutate(input, other);
    if (input.size() > kMostBytes) input.resize(kMostBytes);
    return input;
  }
  // Not std::uniform_int_distribution, which differs between libraries.
  size_t Below(size_t limit) { return limit == 0 ? 0 : random_() % limit; }

 private:
  void Mutate(std::string& input, const std::string& other) {
    const size_t at = Below(input.size() + 1);
    const size_t length = Below(std::min<size_t>(input.size() - at, 40) + 1);
    switch (Below(6)) {
      case 0:
        if (at < input.size()) input[at] = static_cast<char>(random_());
        break;
      case 1:
        input.erase(at, length);
        break;
      case 2:
        input.insert(at, Tokens()[Below(Tokens().size())]);
        break;
      case 3:
        input.insert(Below(input.size() + 1), std::string(input, at, length));
        break;
      case 4:
        input.resize(at);
        break;
      default:
        input.replace(at, length, other, Below(other.size() + 1), length + 1);
    }
  }

  std::mt19937 random_{20200801};
};

std::vector<std::string> ReadCorpus(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> corpus;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

std::string current;     // the input that is run
const char* input_path;  // where it is left if the target dies

void LeaveInput(int signal) {
  const int file = open(input_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file >= 0 && write(file, current.data(), current.size()) >= 0) close(file);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: " << argv[0] << " CORPUS MUTATIONS INPUT\n";
    return 2;
  }
  const std::vector<std::string> corpus = ReadCorpus(argv[1]);
  if (corpus.empty()) {
    std::cerr << argv[1] << " has no files\n";
    return 2;
  }
  input_path = argv[3];
  std::signal(SIGABRT, &LeaveInput);
  std::signal(SIGSEGV, &LeaveInput);
  const auto run = [&](std::string input) {
    current = std::move(input);
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(current.data()), current.size());
  };
  for (const std::string& input : corpus) run(input);
  Mutator mutate;
  const long mutations =
      std::strtol(argv[2], nullptr, 10) / (std::getenv("PUENTE_LONG") == nullptr ? 10 : 1);
  for (long i = 0; i < mutations; ++i) {
    const std::string& seed = corpus[mutate.Below(corpus.size())];
    run(mutate(seed, corpus[mutate.Below(corpus.size())]));
  }
  std::cout << corpus.size() << " files and " << mutations << " mutations of them\n";
}
