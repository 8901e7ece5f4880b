// What rests on a release's being a draft, while another transaction publishes or fills it.
#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "puente/labor/v1/occupation.grpc.pb.h"
#include "puente/labor/v1/vocabulary_release.grpc.pb.h"
#include "tests/labor/hosted.h"
#include "tests/labor/vocabulary_releases/releases.h"
#include "tests/testing/status.h"

namespace puente::labor {
namespace {

using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::WaitsFor;
using Occupations = v1::OccupationService::Stub;

constexpr char kFile[] = "O*NET-SOC Code\tTitle\tDescription\r\n11-1011.00\tChiefs\tThey work.\r\n";

class Guards : public ::testing::Test {
 protected:
  Guards()
      : target_(NewLaborSchema()),
        other_(target_),
        module_(Labor(), target_, "agency/labor", Config()),
        occupations_(module_.channel()),
        releases_(module_.channel()) {
    EXPECT_OK(DraftRelease(releases_, "a"));
    EXPECT_OK(Add("1"));
  }

  absl::Status Add(const std::string& code) {
    v1::CreateOccupationRequest request;
    request.set_parent("vocabularyReleases/a");
    request.set_occupation_id(code);
    request.mutable_occupation()->set_code(code);
    request.mutable_occupation()->set_label_es("Oficio");
    request.mutable_occupation()->set_source("test");
    request.mutable_occupation()->set_record_kind(type::v1::RECORD_KIND_REAL);
    return Called(occupations_, &Occupations::CreateOccupation, request).status();
  }

  absl::Status Load(const std::string& request_id = "") {
    return LoadRelease(releases_, "a", v1::VOCABULARY_LAYOUT_ONET_OCCUPATION_DATA, kFile,
                       request_id)
        .status();
  }

  absl::StatusOr<v1::VocabularyRelease> Publish() { return PublishRelease(releases_, "a"); }

  // How a call ends that began while the release was being published.
  absl::Status WhilePublished(const std::function<absl::Status()>& call) {
    MustExecute(other_, "START TRANSACTION");
    MustExecute(other_,
                absl::StrCat("UPDATE vocabulary_release SET version = version + 1, state = ",
                             static_cast<int>(v1::VOCABULARY_RELEASE_STATE_PUBLISHED)));
    absl::Status outcome;
    EXPECT_TRUE(WaitsFor(other_, [&] { outcome = call(); })) << outcome;
    return outcome;
  }

  const sql::Target target_;
  sql::Connection other_;
  HostedModule module_;
  Occupations occupations_;
  Releases releases_;
};

TEST_F(Guards, KeepOccupationsOutOfWhatIsBeingPublished) {
  EXPECT_THAT(WhilePublished([&] { return Add("2"); }), HasReason("VOCABULARY_RELEASE_NOT_DRAFT"));
  EXPECT_EQ(MustCount(other_, "SELECT COUNT(*) FROM occupation"), 1);
}

TEST_F(Guards, KeepChunksOutOfWhatIsBeingPublished) {
  EXPECT_THAT(WhilePublished([&] { return Load(); }), HasReason("VOCABULARY_RELEASE_NOT_DRAFT"));
  EXPECT_EQ(MustCount(other_, "SELECT COUNT(*) FROM occupation"), 1);
}

TEST_F(Guards, LetNothingInThatIsNotCountedWhenItIsPublished) {
  MustExecute(other_, "CREATE TABLE one AS SELECT * FROM occupation");
  MustExecute(other_, "UPDATE one SET id = '2', code = '2'");
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "INSERT INTO occupation SELECT * FROM one");
  MustExecute(other_, "UPDATE vocabulary_release SET guard = guard + 1");
  absl::StatusOr<v1::VocabularyRelease> published;
  EXPECT_TRUE(WaitsFor(other_, [&] { published = Publish(); }));
  ASSERT_OK(published);
  EXPECT_EQ(published->occupation_count(), 2);
}

TEST_F(Guards, AreWrittenOnceAChunk) {
  ASSERT_OK(Load());
  EXPECT_EQ(MustCount(other_, "SELECT guard FROM vocabulary_release"), 2) << "one is Add()'s";
}

TEST_F(Guards, AChunkWhoseStoredAnswerIsDamagedIsNotRepeatedAsAnEmptyOne) {
  const std::string id = crypto::Uuid4();
  ASSERT_OK(Load(id));
  EXPECT_OK(Load(id));
  MustExecute(other_, "UPDATE journal_entry SET answer = X'0AFF' WHERE leaves IS NOT NULL");
  EXPECT_THAT(Load(id), HasReason("ROW_CORRUPT"));
}

}  // namespace
}  // namespace puente::labor
