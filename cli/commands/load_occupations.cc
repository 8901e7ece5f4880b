#include <filesystem>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/commands.h"
#include "cli/file_upload.h"
#include "cli/format.h"
#include "cli/upload_text.h"
#include "common/context/behavior.h"
#include "common/crypto/digest.h"
#include "common/status/error.h"
#include "google/protobuf/util/message_differencer.h"
#include "puente/labor/v1/vocabulary_release.grpc.pb.h"

namespace puente::cli {
namespace {

using labor::v1::LoadVocabularyRequest;
using labor::v1::LoadVocabularyResponse;
using labor::v1::VocabularyRelease;

constexpr char kCreate[] = "puente.labor.v1.VocabularyReleaseService/CreateVocabularyRelease";
constexpr char kGet[] = "puente.labor.v1.VocabularyReleaseService/GetVocabularyRelease";
constexpr char kLoad[] = "puente.labor.v1.VocabularyReleaseService/LoadVocabulary";
constexpr char kPublish[] = "puente.labor.v1.VocabularyReleaseService/PublishVocabularyRelease";
// It reads all of the release.
constexpr absl::Duration kPublishTimeout = absl::Minutes(1);

constexpr Label kLoading{"loading ", "cargando "};
constexpr Label kPublished{"Published", "Publicada"};
constexpr Label kNotPublished{
    "NOT PUBLISHED: some rows were not loaded; load a corrected file into another release.",
    "NO SE PUBLICÓ: no se cargaron todas las filas; cargue un archivo corregido en otra versión."};
constexpr Label kAnother{
    "there is a release of this id that differs; use another id, or state the same of:",
    "ya hay una versión con este identificador que difiere; use otro, o indique lo mismo de:"};
constexpr Label kOccupations{"occupations", "ocupaciones"};
constexpr Label kTools{"tools of occupations", "herramientas de ocupaciones"};

struct VocabularyFile {
  const char* name;
  labor::v1::VocabularyLayout layout;
};
// In the order in which they must be loaded.
constexpr VocabularyFile kFiles[] = {
    {"Occupation Data.txt", labor::v1::VOCABULARY_LAYOUT_ONET_OCCUPATION_DATA},
    {"Technology Skills.txt", labor::v1::VOCABULARY_LAYOUT_ONET_TECHNOLOGY_SKILLS}};

std::string NameOf(const LoadOccupationsArgs& args) {
  return absl::StrCat("vocabularyReleases/", args.release);
}

labor::v1::CreateVocabularyReleaseRequest CreationOf(const LoadOccupationsArgs& args) {
  labor::v1::CreateVocabularyReleaseRequest request;
  request.set_vocabulary_release_id(args.release);
  request.set_request_id(crypto::Uuid4());
  VocabularyRelease& release = *request.mutable_vocabulary_release();
  release.set_framework("onet");
  release.set_version_label(args.version_label);
  release.set_origin(args.origin);
  release.set_licence(args.licence);
  release.set_coverage(labor::v1::VOCABULARY_COVERAGE_COMPLETE);
  release.set_coverage_note("Of the database's files: Occupation Data and Technology Skills.");
  release.set_source("onet");
  release.set_record_kind(type::v1::RECORD_KIND_REAL);
  return request;
}

LoadVocabularyRequest HeaderOf(const LoadOccupationsArgs& args, const VocabularyFile& file,
                               int64_t size) {
  LoadVocabularyRequest request;
  request.mutable_header()->set_release(NameOf(args));
  request.mutable_header()->set_layout(file.layout);
  request.mutable_header()->set_request_id(crypto::Uuid4());
  request.mutable_header()->set_size_bytes(size);
  return request;
}

labor::v1::PublishVocabularyReleaseRequest PublicationOf(const LoadOccupationsArgs& args) {
  labor::v1::PublishVocabularyReleaseRequest request;
  request.set_name(NameOf(args));
  request.set_request_id(crypto::Uuid4());
  return request;
}

// Of what is stated of a release, the fields in which two differ.
std::vector<std::string> Differences(const VocabularyRelease& a, const VocabularyRelease& b) {
  std::vector<std::string> differences;
  google::protobuf::util::MessageDifferencer differencer;
  for (int i = 0; i < VocabularyRelease::descriptor()->field_count(); ++i) {
    const google::protobuf::FieldDescriptor* field = VocabularyRelease::descriptor()->field(i);
    if (IsOfServer(*field) || differencer.CompareWithFields(a, b, {field}, {field})) continue;
    differences.emplace_back(field->name());
  }
  return differences;
}

// Drafts the release unless it is there, the same: then the files go on where an earlier load broke
// off.
ExitCode Draft(Session& session, const LoadOccupationsArgs& args) {
  const absl::Duration timeout = session.TimeoutOr(kCallTimeout);
  const labor::v1::CreateVocabularyReleaseRequest creation = CreationOf(args);
  VocabularyRelease release;
  const absl::Status status = session.client().Call("labor", kCreate, creation, &release, timeout);
  if (status.ok()) return kOk;
  if (Reason(status) != "VOCABULARY_RELEASE_ALREADY_EXISTS") {
    session.PrintError(status, session.client(), "labor", timeout);
    return kFailure;
  }
  labor::v1::GetVocabularyReleaseRequest request;
  request.set_name(NameOf(args));
  if (!session.Call("labor", kGet, request, &release)) return kFailure;
  const std::vector<std::string> differences = Differences(release, creation.vocabulary_release());
  if (differences.empty()) return kOk;
  session.err() << release.name() << ": " << session.Say(kAnother) << " "
                << absl::StrJoin(differences, ", ") << "\n";
  return kFailure;
}

// Loads one file, and prints how it went.
ExitCode Load(Session& session, Printer& printer, const LoadOccupationsArgs& args,
              const VocabularyFile& kind, SentFile& file) {
  LoadVocabularyResponse response;
  const ExitCode code =
      Upload(session, "labor", file, kLoading, HeaderOf(args, kind, file.size()),
             [&](const std::shared_ptr<grpc::Channel>& channel, grpc::ClientContext* context) {
               return labor::v1::VocabularyReleaseService::NewStub(channel)->LoadVocabulary(
                   context, &response);
             });
  if (code != kOk) return code;
  if (!session.PrintForPrograms(response)) {
    printer.Heading(kind.name);
    Print(printer, response, true);
  }
  return response.rejected_count() > 0 || response.truncated() ? kRejectedRows : kOk;
}

ExitCode Publish(Session& session, Printer& printer, const LoadOccupationsArgs& args) {
  VocabularyRelease release;
  if (!session.Call("labor", kPublish, PublicationOf(args), &release, kPublishTimeout)) {
    return kFailure;
  }
  if (session.PrintForPrograms(release)) return kOk;
  printer.Heading(session.Say(kPublished));
  printer.Line(release.name());
  printer.Print(std::vector<std::vector<std::string>>{
      {session.Say(kOccupations), CountText(release.occupation_count())},
      {session.Say(kTools), CountText(release.tool_count())}});
  printer.EmptyLine();
  printer.Line(absl::StrCat("SHA-256 ", absl::BytesToHexString(release.content_digest())));
  return kOk;
}

void ExplainAll(Session& session, const LoadOccupationsArgs& args,
                const std::vector<std::unique_ptr<SentFile>>& files) {
  session.Explain(session.client(), "labor", kCreate, CreationOf(args));
  for (size_t i = 0; i < files.size(); ++i) {
    ExplainUpload(session, "labor", kLoad, files[i]->path(),
                  HeaderOf(args, kFiles[i], files[i]->size()));
  }
  if (args.publish) session.Explain(session.client(), "labor", kPublish, PublicationOf(args));
}

}  // namespace

ExitCode LoadOccupations(Session& session, const LoadOccupationsArgs& args) {
  std::vector<std::unique_ptr<SentFile>> files;
  for (const VocabularyFile& file : kFiles) {
    files.push_back(SentFile::Open(session, std::filesystem::path(args.folder) / file.name));
    if (files.back() == nullptr) return kFailure;
  }
  if (const ExitCode code = session.Open("agency/labor"); code != kOk) return code;
  if (session.options().explain) {
    ExplainAll(session, args, files);
    return kOk;
  }
  if (const ExitCode code = Draft(session, args); code != kOk) return code;
  Printer printer = session.printer();
  bool whole = true;
  for (size_t i = 0; i < files.size(); ++i) {
    const ExitCode code = Load(session, printer, args, kFiles[i], *files[i]);
    if (code != kOk && code != kRejectedRows) return code;
    whole &= code == kOk;
  }
  if (!args.publish) return whole ? kOk : kRejectedRows;
  if (whole) return Publish(session, printer, args);
  session.err() << session.Say(kNotPublished) << "\n";
  return kRejectedRows;
}

}  // namespace puente::cli
