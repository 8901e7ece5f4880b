#include "cli/journal_text.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "cli/format.h"
#include "cli/table.h"
#include "common/crypto/digest.h"

namespace puente::cli {
namespace {

using google::protobuf::RepeatedPtrField;
using journal::v1::Entry;
using journal::v1::Leaf;

constexpr Label kPosition{"entry", "asiento"};
constexpr Label kTime{"time", "hora"};
constexpr Label kWho{"who", "quién"};
constexpr Label kDone{"method", "método"};
constexpr Label kRecord{"record", "registro"};
constexpr Label kThrough{"through", "a través de"};
constexpr Label kWhy{"why", "para qué"};
constexpr Label kUpload{"upload", "carga"};
constexpr Label kDigest{"digest", "resumen"};
constexpr Label kPersonalRead{"personal data read", "datos personales leídos"};
constexpr Label kDeleted{"deleted", "borrado"};
constexpr Label kUnreadable{"CAN'T BE READ, or is gone", "NO SE PUEDE LEER, o ya no está"};
constexpr Label kAsWritten{"as written: its digest is of these bytes",
                           "como se escribió: su resumen es de estos bytes"};
constexpr Label kNotAsWritten{"NOT AS WRITTEN: its digest is of other bytes",
                              "NO COMO SE ESCRIBIÓ: su resumen es de otros bytes"};
constexpr Label kSameRoot{"these records are the chunk's: its root is over them",
                          "estos registros son los del bloque: su raíz es de ellos"};
constexpr Label kOtherRoot{"OTHER RECORDS: the chunk's root is over others",
                           "OTROS REGISTROS: la raíz del bloque es de otros"};

void Say(Printer& printer, bool good, const Label& yes, const Label& no) {
  if (good) {
    printer.Line(printer.Say(yes));
  } else {
    printer.Warning(printer.Say(no));
  }
}

void Print(Printer& printer, const RepeatedPtrField<Leaf>& leaves) {
  Table table(
      {{printer.Say(label::kVersion), Column::kRight}, {printer.Say(kRecord), Column::kBelow}});
  for (const Leaf& leaf : leaves) {
    table.Add({absl::StrCat(leaf.version()),
               leaf.deleted() ? absl::StrCat(leaf.name(), " (", printer.Say(kDeleted), ")")
                              : leaf.name()});
  }
  if (!table.empty()) printer.Print(table);
  printer.EmptyLine();
}

}  // namespace

std::string Who(const Entry& entry) {
  return absl::StrCat(entry.caller(), entry.actor().empty() ? "" : " ", entry.actor());
}

ReadEntry Read(const api::v1::JournalEntry& one) {
  ReadEntry read{.entry = {}, .as_written = crypto::LeafHash(one.canonical()) == one.digest()};
  Entry entry;
  if (!one.canonical().empty() && entry.ParseFromString(one.canonical())) {
    read.entry = std::move(entry);
  }
  return read;
}

bool IsRootOver(const journal::v1::Chunk& chunk, const RepeatedPtrField<Leaf>& leaves) {
  std::vector<std::string> hashes;
  for (const Leaf& leaf : leaves) hashes.push_back(crypto::LeafHash(crypto::Canonical(leaf)));
  return crypto::MerkleRoot(std::move(hashes)) == chunk.root();
}

const Label* WrongWith(const ReadEntry& read, bool same_root) {
  if (!read.entry) return &kUnreadable;
  if (!read.as_written) return &kNotAsWritten;
  return same_root ? nullptr : &kOtherRoot;
}

void PrintEntry(Printer& printer, const api::v1::JournalEntry& one, const ReadEntry& read) {
  const Entry entry = read.entry.value_or(Entry());
  printer.Heading(
      absl::StrCat(read.entry ? entry.agency() : printer.Say(kPosition), " ", one.position()));
  std::vector<std::vector<std::string>> facts;
  const auto fact = [&](const Label& label, const std::string& value) {
    if (!value.empty()) facts.push_back({printer.Say(label), "", value});
  };
  if (read.entry) fact(kTime, TimeText(entry.time()));
  fact(kDone, entry.method());
  fact(kWho, Who(entry));
  fact(kThrough, entry.delegate());
  fact(kWhy, entry.purpose());
  fact(kUpload, entry.chunk().upload());
  for (const std::string& name : entry.change().read()) fact(kPersonalRead, name);
  for (const std::string& name : entry.chunk().read()) fact(kPersonalRead, name);
  fact(kDigest, absl::BytesToHexString(one.digest()));
  printer.Print(facts);
  Print(printer, entry.change().resources());
  if (!read.entry) printer.Warning(printer.Say(kUnreadable));
  Say(printer, read.as_written, kAsWritten, kNotAsWritten);
}

void PrintLeaves(Printer& printer, const RepeatedPtrField<Leaf>& leaves, bool same_root) {
  Print(printer, leaves);
  Say(printer, same_root, kSameRoot, kOtherRoot);
}

}  // namespace puente::cli
