#include "modules/education/persons/rotation.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/macros.h"
#include "common/telemetry/log.h"

namespace puente::education {
namespace {

constexpr char kRotate[] = "persons.rotate";
constexpr int kSome = 500;

absl::StatusOr<due::Next> Rotate(personal::KeyStore& keys, absl::Duration rotate_after) {
  const absl::Time begin = keys.newest_epoch_time() + rotate_after;
  if (absl::Now() < begin) return due::Next::At(begin, "");
  ASSIGN_OR_RETURN(const bool done, keys.RotateSlice(kSome));
  if (!done) return due::Next::Now("");
  telemetry::Log(telemetry::Severity::kInfo, "keys_rotated",
                 {{"epoch", absl::StrCat(keys.oldest_epoch())}});
  return due::Next::Done();
}

}  // namespace

void HandleRotation(due::Scheduler& due, calls::Host& host, absl::Duration rotate_after) {
  due.HandleWanted(
      kRotate,
      [&host, rotate_after](const due::Slice&) { return Rotate(*host.persons(), rotate_after); },
      [&host] { return host.persons()->oldest_epoch() < host.persons()->newest_epoch(); });
}

}  // namespace puente::education
