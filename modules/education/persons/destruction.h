// What becomes of a person who is destroyed: at once the keys go, and with them all that they
// sealed; when the epoch of these keys has ended, no copy of them opens anything any more.
#pragma once

#include "absl/status/status.h"
#include "common/calls/host.h"
#include "common/context/call.h"
#include "common/due/scheduler.h"
#include "common/journal/write.h"
#include "common/personal/key_store.h"
#include "common/sql/session.h"
#include "puente/education/v1/person.pb.h"

namespace puente::education {

// Empties the person and all learners, those of who was merged into it too, who then are awarded
// nothing any more. PERSON_HELD while the law keeps an award of one of them.
absl::Status PrepareDestruction(const Call& call, journal::Transaction& tx,
                                const v1::Person& before, v1::Person& after);
// Has the keys removed, of those who were merged into the person too.
absl::Status DestroySoon(const Call& call, journal::Transaction& tx, const v1::Person& person);

// Does that and what follows from it. Also notes of persons who were destroyed, of whom a restored
// database no longer knows, that they were; and removes keys whose person was never stored.
void HandleDestruction(due::Scheduler& due, calls::Host& host);

// Destroys again whom a restored schema of keys has brought back.
absl::Status ReplayErasures(sql::Session& session, personal::KeyStore& keys);

}  // namespace puente::education
