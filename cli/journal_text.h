// What `puente journal show` says of an entry: what its own bytes say, of which its digest is, and
// nothing that the server says beside them.
#pragma once

#include <optional>
#include <string>

#include "cli/printer.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "puente/api/v1/journal.pb.h"

namespace puente::cli {

// Who called, and the person who acted.
std::string Who(const journal::v1::Entry& entry);

// What an entry's own bytes say.
struct ReadEntry {
  std::optional<journal::v1::Entry> entry;  // nothing if it can't be read, or is gone
  bool as_written = false;                  // whether the digest is of its bytes
};
ReadEntry Read(const api::v1::JournalEntry& one);
// Whether a chunk's root is over these records.
bool IsRootOver(const journal::v1::Chunk& chunk,
                const google::protobuf::RepeatedPtrField<journal::v1::Leaf>& leaves);

// What is wrong with an entry; `same_root` is that its chunk's root is over its records, if it has
// one. Null if nothing is.
const Label* WrongWith(const ReadEntry& read, bool same_root);

// Prints the entry, with the records that it changed, but those of a chunk.
void PrintEntry(Printer& printer, const api::v1::JournalEntry& one, const ReadEntry& read);
// Prints the records of a chunk, and whether its root is over them.
void PrintLeaves(Printer& printer,
                 const google::protobuf::RepeatedPtrField<journal::v1::Leaf>& leaves,
                 bool same_root);

}  // namespace puente::cli
