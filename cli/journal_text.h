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

// What is wrong with an entry, or with the records of a chunk.
namespace label {
inline constexpr Label kEntryUnreadable{"CAN'T BE READ, or is gone",
                                        "NO SE PUEDE LEER, o ya no está"};
inline constexpr Label kNotAsWritten{"NOT AS WRITTEN: its digest is of other bytes",
                                     "NO COMO SE ESCRIBIÓ: su resumen es de otros bytes"};
inline constexpr Label kOtherRoot{"OTHER RECORDS: the chunk's root is over others",
                                  "OTROS REGISTROS: la raíz del bloque es de otros"};
}  // namespace label

struct Shown {
  std::optional<journal::v1::Entry> entry;  // nothing if it can't be read, or is gone
  bool as_written = false;                  // whether the digest is of its bytes
};
// Prints the entry, with the records that it changed, but those of a chunk.
Shown PrintEntry(Printer& printer, const api::v1::JournalEntry& one);
// Prints the records of a chunk, and gives whether its root is over them.
bool PrintLeaves(Printer& printer, const journal::v1::Chunk& chunk,
                 const google::protobuf::RepeatedPtrField<journal::v1::Leaf>& leaves);

}  // namespace puente::cli
