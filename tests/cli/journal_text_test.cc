#include "cli/journal_text.h"

#include <gmock/gmock.h>

#include <sstream>

#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"

namespace puente::cli {
namespace {

using api::v1::JournalEntry;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class JournalText : public ::testing::Test {
 protected:
  // As a server gives it.
  static JournalEntry Told(const journal::v1::Entry& entry) {
    JournalEntry one;
    one.set_position(7);
    one.set_canonical(crypto::Canonical(entry));
    one.set_digest(crypto::LeafHash(one.canonical()));
    *one.mutable_entry() = entry;
    return one;
  }
  std::string text() const { return out_.str(); }

  std::ostringstream out_;
  Printer printer_{out_, Language::kEnglish, /*plain=*/true};
};

TEST_F(JournalText, SaysWhatTheBytesSayAndNotWhatTheServerSaysBesideThem) {
  journal::v1::Entry entry;
  entry.set_agency("labor");
  entry.set_caller("company/acme");
  entry.mutable_change()->add_resources()->set_name("vacancies/a");
  JournalEntry one = Told(entry);
  one.mutable_entry()->set_caller("company/other");
  one.mutable_entry()->mutable_change()->mutable_resources(0)->set_name("vacancies/b");
  const ReadEntry read = Read(one);
  PrintEntry(printer_, one, read);
  EXPECT_EQ(WrongWith(read, true), nullptr);
  EXPECT_THAT(text(), AllOf(HasSubstr("company/acme"), HasSubstr("vacancies/a"),
                            Not(HasSubstr("company/other")), Not(HasSubstr("vacancies/b"))));
}

TEST_F(JournalText, SaysEveryPersonWhoseDataWasRead) {
  journal::v1::Entry entry;
  for (int i = 0; i < 150; ++i) entry.mutable_change()->add_read(absl::StrCat("learners/", i));
  JournalEntry one = Told(entry);
  one.mutable_entry()->mutable_change()->clear_read();  // the server shows some
  PrintEntry(printer_, one, Read(one));
  EXPECT_THAT(text(), HasSubstr("learners/149"));
}

TEST_F(JournalText, SaysThatAnEntryIsGoneOrOfOtherBytes) {
  JournalEntry one = Told({});
  one.set_digest(std::string(32, 'd'));
  one.clear_canonical();
  const auto wrong = [&](bool same_root = true) {
    const Label* const label = WrongWith(Read(one), same_root);
    return label == nullptr ? "" : printer_.Say(*label);
  };
  PrintEntry(printer_, one, Read(one));
  EXPECT_THAT(wrong(), HasSubstr("CAN'T BE READ"));
  EXPECT_THAT(text(), AllOf(HasSubstr("entry 7"), HasSubstr("64646464"), HasSubstr("CAN'T BE READ"),
                            HasSubstr("NOT AS WRITTEN")));
  journal::v1::Entry entry;
  entry.set_agency("labor");
  one = Told(entry);
  one.set_digest(std::string(32, 'd'));
  EXPECT_THAT(wrong(), HasSubstr("NOT AS WRITTEN"));
  EXPECT_THAT((one = Told(entry), wrong(false)), HasSubstr("OTHER RECORDS"));
  EXPECT_EQ(wrong(), "");
}

TEST_F(JournalText, HoldsTheRecordsOfAChunkAgainstItsRoot) {
  google::protobuf::RepeatedPtrField<journal::v1::Leaf> leaves;
  leaves.Add()->set_name("things/1");
  journal::v1::Chunk chunk;
  chunk.set_root(crypto::MerkleRoot({crypto::LeafHash(crypto::Canonical(leaves[0]))}));
  EXPECT_TRUE(IsRootOver(chunk, leaves));
  leaves[0].set_name("things/2");
  EXPECT_FALSE(IsRootOver(chunk, leaves));
  PrintLeaves(printer_, leaves, false);
  EXPECT_THAT(text(), AllOf(HasSubstr("things/2"), HasSubstr("OTHER RECORDS")));
}

}  // namespace
}  // namespace puente::cli
