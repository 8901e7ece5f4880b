// puente.api.v1.LoadService: files whose rows become records (docs/decisions/0049). What a module
// has to say to load a kind of record is that it does, and a profile for each layout of a file.
//
//   loads_.Serve(host(), {ServeCampuses(host())});        when the module is made
//   RETURN_IF_ERROR(loads_.ReadProfiles(folder));         when it starts
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/calls/host.h"
#include "common/loading/profile.h"
#include "common/resource/record_writer.h"
#include "common/sql/migrate.h"

namespace puente::loads {

class Loads {
 public:
  Loads() = default;
  Loads(const Loads&) = delete;
  Loads& operator=(const Loads&) = delete;

  // Of these resources, once they are served. It must outlive the server.
  void Serve(calls::Host& host, std::vector<resource::RecordWriter> writers);
  // The layouts of files: those of a folder, none if that is "". INVALID_PROFILE if it can't be
  // read; a single one that is wrong is refused to whoever names it, and keeps nobody from the
  // others.
  absl::Status ReadProfiles(const std::string& folder);

  // PROFILE_NOT_FOUND, INVALID_PROFILE.
  absl::StatusOr<const loading::Profile*> FindProfile(const std::string& id) const {
    return loading::FindProfile(profiles_, id);
  }
  // What writes the records of a profile of these.
  const resource::RecordWriter& WriterOf(const loading::Profile& profile) const {
    return writers_[static_cast<size_t>(profile.layout - layouts_.data())];
  }

 private:
  std::vector<resource::RecordWriter> writers_;
  std::vector<loading::Layout> layouts_;  // of the same
  loading::Profiles profiles_;
};

// The tables that loads need, then the module's own.
std::vector<sql::Migration> WithLoads(const std::vector<sql::Migration>& own);

}  // namespace puente::loads
