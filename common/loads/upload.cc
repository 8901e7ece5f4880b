#include "common/loads/upload.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/fields/rules.h"
#include "common/loading/chunk.h"
#include "common/loading/errors.h"
#include "common/loads/errors.h"
#include "common/loads/row_errors.h"
#include "common/loads/store.h"
#include "common/resource/provenance.h"
#include "common/resource/standard.h"

namespace puente::loads {
namespace {

using What = resource::RecordWriter::Written::What;

constexpr int kMostRefusedRows = 100;  // in an answer
// The chunk that ends a load.
constexpr int64_t kEnd = 0;

// Of an upload that is repeated, the same.
std::string LoadId(const Call& call, const std::string& request_id) {
  if (request_id.empty()) return crypto::Uuid4();
  const std::string digest = crypto::TaggedSha256("puente-load/1", {call.caller.path, request_id});
  return absl::BytesToHexString(digest.substr(0, 16));
}

api::v1::LoadOutcome OutcomeOf(What what) {
  switch (what) {
    case What::kCreated:
      return api::v1::LOAD_OUTCOME_TAKEN;
    case What::kChanged:
      return api::v1::LOAD_OUTCOME_CHANGED;
    case What::kUnchanged:
      return api::v1::LOAD_OUTCOME_UNCHANGED;
    case What::kRefused:
      break;
  }
  return api::v1::LOAD_OUTCOME_REFUSED;
}

void Count(const api::v1::LoadRow& row, api::v1::Load& load) {
  const api::v1::LoadOutcome outcome = row.outcome();
  load.set_row_count(load.row_count() + 1);
  load.set_taken_count(load.taken_count() + (outcome == api::v1::LOAD_OUTCOME_TAKEN));
  load.set_changed_count(load.changed_count() + (outcome == api::v1::LOAD_OUTCOME_CHANGED));
  load.set_unchanged_count(load.unchanged_count() + (outcome == api::v1::LOAD_OUTCOME_UNCHANGED));
  load.set_refused_count(load.refused_count() + (outcome == api::v1::LOAD_OUTCOME_REFUSED));
}

void AddCounts(const api::v1::Load& more, api::v1::Load& load) {
  load.set_row_count(load.row_count() + more.row_count());
  load.set_taken_count(load.taken_count() + more.taken_count());
  load.set_changed_count(load.changed_count() + more.changed_count());
  load.set_unchanged_count(load.unchanged_count() + more.unchanged_count());
  load.set_refused_count(load.refused_count() + more.refused_count());
}

// What is wrong with rows, in whatever language it is told and however it is worded.
api::v1::ListLoadRowsResponse WithoutRemedies(const std::vector<api::v1::LoadRow>& rows) {
  api::v1::ListLoadRowsResponse refused;
  refused.mutable_rows()->Assign(rows.begin(), rows.end());
  for (api::v1::LoadRow& row : *refused.mutable_rows()) {
    for (type::v1::RowError& error : *row.mutable_errors()) error.clear_remedy();
  }
  return refused;
}

// The ids that all records of a file have, of those above in their names.
absl::StatusOr<resource::Ids> IdsAbove(const loading::Profile& profile, const NamePattern& pattern,
                                       const std::string& parent) {
  size_t count = 0;
  const auto stated = [&](size_t key) {
    return absl::c_any_of(profile.columns, [&](const loading::Column& column) {
      return column.key == static_cast<int>(key);
    });
  };
  while (count < profile.layout->keys.size() && !stated(count)) ++count;
  if (count == 0 && !parent.empty()) {
    return InvalidFields(
        {Against(rule::kParentStated, "profile"_is(profile.id)).At("header.parent")});
  }
  if (count == 0) return resource::Ids();
  if (parent.empty()) return InvalidFields({Against(rule::kRequired).At("header.parent")});
  NamePattern above = pattern;
  while (above.id_count() > count) above = above.Parent();
  return above.Parse(parent, "header.parent");
}

}  // namespace

absl::Status LoadRecords::Consume(const Call& call, sql::Session& session,
                                  const api::v1::LoadRecordsRequest& message) {
  if (message.has_header() == file_.has_value()) {
    return Error(puente::error::kUploadIncomplete);
  }
  if (message.has_header()) return Begin(call, message.header());
  RETURN_IF_ERROR(file_->Feed(message.content()));
  return TakeBatches(call, session);
}

absl::StatusOr<api::v1::LoadRecordsResponse> LoadRecords::Finish(const Call& call,
                                                                 sql::Session& session) {
  if (!file_) return Error(puente::error::kUploadIncomplete);
  RETURN_IF_ERROR(file_->Finish());
  RETURN_IF_ERROR(TakeBatches(call, session));
  RETURN_IF_ERROR(StoreEnd(call, session));
  *response_.mutable_load() = load_;
  return std::move(response_);
}

absl::Status LoadRecords::Begin(const Call& call, const api::v1::LoadRecordsHeader& header) {
  ASSIGN_OR_RETURN(profile_, loads_.FindProfile(header.profile()));
  writer_ = loads_.WriterOf(*profile_);
  for (const char* field : {"source", "record_kind"}) {
    fields_.push_back(writer_->spec().type().FindFieldByName(field));
  }
  for (const loading::Column& column : profile_->columns) {
    if (column.field != nullptr && column.list == nullptr) fields_.push_back(column.field);
  }
  if (profile_->list != nullptr) fields_.push_back(profile_->list);
  RETURN_IF_ERROR(writer_->CheckMayWrite(call, fields_));
  ASSIGN_OR_RETURN(FileOptions options, OptionsOf(call, header));
  request_id_ = absl::AsciiStrToLower(header.request_id());
  id_ = LoadId(call, request_id_);
  if (header.validate_only()) {
    mode_ = journal::WritePath::Mode::kValidate;
    request_id_.clear();
  } else {
    load_.set_name(absl::StrCat("loads/", id_));
    load_.set_state(api::v1::LOAD_STATE_OPEN);
  }
  load_.set_collection(writer_->spec().contract().plural());
  load_.set_profile(profile_->id);
  load_.set_parent(header.parent());
  load_.set_source(resource::standard::Get(*options.base, "source"));
  load_.set_record_kind(resource::standard::Kind(*options.base));
  load_.set_caller(call.caller.path);
  load_.set_actor(call.actor);
  *load_.mutable_create_time() = ToProto(call.start);
  *load_.mutable_update_time() = ToProto(call.start);
  file_.emplace(std::move(options));
  return absl::OkStatus();
}

absl::StatusOr<FileOptions> LoadRecords::OptionsOf(const Call& call,
                                                   const api::v1::LoadRecordsHeader& header) {
  const resource::Spec& spec = writer_->spec();
  std::unique_ptr<resource::Message> base = spec.NewMessage();
  resource::standard::Set(*base, "source", header.source());
  resource::standard::SetKind(*base, header.record_kind());
  RETURN_IF_ERROR(InvalidFields(resource::CheckProvenance(call, spec, *base, "header")));
  resource::SetProvenance(call, spec, *base);
  FileOptions options{.profile = profile_,
                      .spec = &spec,
                      .in_files = writer_->in_files(),
                      .above = {},
                      .base = std::move(base)};
  ASSIGN_OR_RETURN(options.above, IdsAbove(*profile_, spec.pattern(), header.parent()));
  options.size_bytes = header.size_bytes();
  options.locale = call.locale;
  return options;
}

absl::Status LoadRecords::TakeBatches(const Call& call, sql::Session& session) {
  while (std::optional<StatedBatch> batch = file_->NextBatch()) {
    RETURN_IF_ERROR(StoreBatch(call, session, *batch));
    for (const Stated& stated : batch->records) {
      for (const api::v1::LoadRow& row : stated.rows) {
        if (row.outcome() != api::v1::LOAD_OUTCOME_REFUSED) continue;
        if (response_.refused_rows_size() == kMostRefusedRows) break;
        *response_.add_refused_rows() = row;
      }
    }
  }
  return absl::OkStatus();
}

std::string LoadRecords::Guarded(std::string digest) const {
  return writer_->spec().personal() ? host_.persons()->Fingerprint(digest) : digest;
}

absl::Status LoadRecords::StoreBatch(const Call& call, sql::Session& session, StatedBatch& batch) {
  loading::Chunk chunk{.request_id = request_id_, .number = batch.number, .digest = ""};
  api::v1::ListLoadRowsResponse refused_rows;
  chunk.digest = Guarded(
      loading::DigestOf(batch.records, [&](const Stated& stated) -> const resource::Message& {
        if (stated.record != nullptr) return *stated.record;
        refused_rows = WithoutRemedies(stated.rows);
        return refused_rows;
      }));
  chunk.mode = mode_;
  while (true) {
    bool refused = false;
    const absl::StatusOr<api::v1::Load> done = loading::StoreChunk<api::v1::Load>(
        host_, call, session, chunk, *response_.mutable_freshness_token(),
        [&](journal::Transaction& tx) { return Write(call, tx, batch, refused); });
    if (refused) continue;
    RETURN_IF_ERROR(done.status());
    AddCounts(*done, load_);
    return absl::OkStatus();
  }
}

absl::StatusOr<api::v1::Load> LoadRecords::Write(const Call& call, journal::Transaction& tx,
                                                 StatedBatch& batch, bool& refused) {
  std::vector<const resource::Message*> records;
  std::vector<Stated*> stating;
  for (Stated& stated : batch.records) {
    if (stated.record == nullptr) continue;
    records.push_back(stated.record.get());
    stating.push_back(&stated);
  }
  ASSIGN_OR_RETURN(const auto written, writer_->Write(call, tx, records, fields_));
  refused = false;
  for (size_t i = 0; i < written.size(); ++i) {
    for (api::v1::LoadRow& row : stating[i]->rows) {
      row.set_outcome(OutcomeOf(written[i].what));
      if (!writer_->in_files().found_by.empty()) row.set_name(written[i].name);
    }
    if (written[i].what != What::kRefused) continue;
    refused = true;
    Refuse(RowErrorsOf(written[i].refusal, stating[i]->rows, *profile_, call.locale), call.locale,
           *stating[i]);
  }
  if (refused) return absl::CancelledError("rows were refused");
  api::v1::Load more;
  std::vector<const api::v1::LoadRow*> rows;
  for (const Stated& stated : batch.records) {
    for (const api::v1::LoadRow& row : stated.rows) {
      Count(row, more);
      rows.push_back(&row);
    }
  }
  RETURN_IF_ERROR(store::AddRows(tx, id_, rows));
  RETURN_IF_ERROR(AddToLoad(call, tx, more));
  return more;
}

absl::Status LoadRecords::AddToLoad(const Call& call, journal::Transaction& tx,
                                    const api::v1::Load& more) {
  ASSIGN_OR_RETURN(const std::optional<store::Kept> before, store::Find(tx, id_));
  api::v1::Load after = before ? before->load : load_;
  AddCounts(more, after);
  *after.mutable_update_time() = ToProto(call.start);
  return before ? store::Replace(tx, id_, *before, after) : store::Add(tx, id_, after);
}

absl::Status LoadRecords::StoreEnd(const Call& call, sql::Session& session) {
  load_.set_truncated(file_->truncated());
  load_.set_left_out_count(file_->left_out_count());
  if (mode_ == journal::WritePath::Mode::kValidate) return absl::OkStatus();
  load_.set_state(api::v1::LOAD_STATE_FINISHED);
  const std::string digest = file_->content_digest();
  if (!writer_->spec().personal()) load_.set_content_digest(digest);
  const loading::Chunk end{.request_id = request_id_, .number = kEnd, .digest = Guarded(digest)};
  ASSIGN_OR_RETURN(load_, loading::StoreChunk<api::v1::Load>(
                              host_, call, session, end, *response_.mutable_freshness_token(),
                              [&](journal::Transaction& tx) -> absl::StatusOr<api::v1::Load> {
                                ASSIGN_OR_RETURN(const std::optional<store::Kept> before,
                                                 store::Find(tx, id_));
                                api::v1::Load after = load_;
                                if (before)
                                  *after.mutable_create_time() = before->load.create_time();
                                RETURN_IF_ERROR(before ? store::Replace(tx, id_, *before, after)
                                                       : store::Add(tx, id_, after));
                                return after;
                              }));
  return absl::OkStatus();
}

}  // namespace puente::loads
