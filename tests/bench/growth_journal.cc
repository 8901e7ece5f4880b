// What ten times the entries cost whoever looks into a journal: the last page, those of a
// record, those of two conditions of which each holds of many, those of a day long ago, and one
// entry.
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "modules/science/module.h"
#include "puente/api/v1/journal.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/site.h"
#include "tests/testing/hosted.h"
#include "tests/testing/wait.h"

namespace puente::bench {
namespace {

using api::v1::JournalService;
using api::v1::ListJournalEntriesRequest;

constexpr int64_t kMany = 1'000'000;
constexpr int64_t kQuickMany = 2'000;
constexpr int kKinds = 60;  // of entries, which come in turn
constexpr int kDays = 40;   // over which they are spread, so that a day of the fewer fills a page
constexpr int64_t kFirst = 1'750'000'000;               // seconds since 1970
constexpr absl::Duration kIndexed = absl::Minutes(10);  // a limit

class Audited {
 public:
  explicit Audited(int64_t entries)
      : entries_(entries), database_(Site::Shared().Schema(science::Science().migrations)) {
    Site& site = Site::Shared();
    std::vector<std::string> kinds;
    for (int i = 0; i < kKinds * kDays; ++i) {
      const std::string canonical = crypto::Canonical(EntryOf(i));
      kinds.push_back(absl::StrCat("(", i, ", x'", absl::BytesToHexString(canonical), "', x'",
                                   absl::BytesToHexString(crypto::LeafHash(canonical)), "')"));
    }
    site.Execute(database_,
                 "CREATE TABLE kind (i INT PRIMARY KEY, canonical BLOB, digest BINARY(32))");
    site.Execute(database_, "INSERT INTO kind VALUES " + absl::StrJoin(kinds, ", "));
    site.Execute(database_,
                 absl::StrCat("INSERT INTO journal_entry (canonical, digest, create_time)"
                              " SELECT canonical, digest, NOW(6) FROM seq_0_to_",
                              entries - 1, " JOIN kind ON i = FLOOR(seq * ", kDays, " / ", entries,
                              ") * ", kKinds, " + seq % ", kKinds, " ORDER BY seq"));
    module_ = site.Start(site.Config("science", database_));
    stub_ = JournalService::NewStub(
        site.Channel(module_->address("science"), "science", "auditor/asf"));
    ListJournalEntriesRequest request;
    request.set_caller("company/c1");
    const auto indexed = [&] { return List(request).complete_position() >= entries_; };
    if (!testing::Becomes(indexed, kIndexed)) Die("the journal was not indexed");
  }

  // Another kind of question each time.
  void Look() {
    const int64_t n = next_++;
    const auto i = static_cast<int>(n * 7919 % kKinds);
    ListJournalEntriesRequest request;
    switch (n % 5) {
      case 0:
        break;
      case 1:
        request.set_resource(Record(i));
        break;
      case 2:
        request.set_caller(Caller(i));
        request.set_method(Method(i));
        break;
      case 3: {
        const absl::Time day = DayOf(n * 31 % kDays);
        *request.mutable_since_time() = ToProto(day);
        *request.mutable_until_time() = ToProto(day + absl::Hours(24));
        break;
      }
      default:
        return Get(1 + n * 7919 % entries_);
    }
    List(request);
  }

 private:
  static std::string Record(int i) { return absl::StrCat("technologies/t", i); }
  static std::string Caller(int i) { return absl::StrCat("company/c", i % 6); }
  static std::string Method(int i) { return absl::StrCat("/puente.A/Do", i % 10); }
  static absl::Time DayOf(int64_t day) {
    return absl::FromUnixSeconds(kFirst) + day * absl::Hours(24);
  }
  // The kind i % kKinds, on the day i / kKinds.
  static journal::v1::Entry EntryOf(int i) {
    const int kind = i % kKinds;
    journal::v1::Entry entry;
    entry.set_agency("science");
    *entry.mutable_time() = ToProto(DayOf(i / kKinds) + kind * absl::Minutes(20));
    entry.set_caller(Caller(kind));
    entry.set_method(Method(kind));
    journal::v1::Leaf& leaf = *entry.mutable_change()->add_resources();
    leaf.set_name(Record(kind));
    leaf.set_version(1);
    leaf.set_digest(crypto::Sha256(leaf.name()));
    return entry;
  }

  api::v1::ListJournalEntriesResponse List(const ListJournalEntriesRequest& request) {
    const auto page = testing::Called(*stub_, &JournalService::Stub::ListJournalEntries, request,
                                      nullptr, "audit");
    if (!page.ok()) Die(page.status().ToString());
    return *page;
  }
  void Get(int64_t position) {
    api::v1::GetJournalEntryRequest request;
    request.set_name(absl::StrCat("journalEntries/", position));
    const auto entry =
        testing::Called(*stub_, &JournalService::Stub::GetJournalEntry, request, nullptr, "audit");
    if (!entry.ok()) Die(entry.status().ToString());
  }

  const int64_t entries_;
  const sql::Target database_;
  std::unique_ptr<Process> module_;
  std::unique_ptr<JournalService::Stub> stub_;
  int64_t next_ = 0;
};

}  // namespace

void MeasureGrowthOfJournal(const Options& options) {
  const int64_t many = options.size(kMany, kQuickMany);
  Say(absl::StrCat("growth.journal: ", many / 10, " and ", many, " entries"));
  Audited small(many / 10);
  Audited large(many);
  const double seconds = options.round_seconds();
  const auto figures =
      Interleave({[&] { return MedianMilliseconds(seconds, [&] { large.Look(); }); },
                  [&] { return MedianMilliseconds(seconds, [&] { small.Look(); }); }},
                 options.pairs());
  Print(options, {"growth.journal", "ms", AtMost(1.3)}, Pairs(figures[0], figures[1]));
}

}  // namespace puente::bench
