// A fuzz target is a function over bytes that aborts where a property is broken. With the preset
// fuzz it is linked to libFuzzer, otherwise to smoke.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "google/protobuf/stubs/logging.h"

#define FUZZ_CHECK(property)                                                      \
  do {                                                                            \
    if (!(property)) {                                                            \
      std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #property); \
      std::abort();                                                               \
    }                                                                             \
  } while (false)

// An input need not be UTF-8, as texts of a parsed request are; protobuf would write a line about
// each that gets into an error.
inline const google::protobuf::LogSilencer kQuiet;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
