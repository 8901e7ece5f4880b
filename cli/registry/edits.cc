#include "cli/registry/edits.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "cli/registry/errors.h"
#include "common/identity/principals.h"
#include "common/identity/spiffe.h"
#include "common/names/pattern.h"
#include "google/protobuf/text_format.h"

namespace puente::registry {
namespace {

using api::v1::ActorRole;
using identity::Actor;
using identity::Principal;
using identity::RegistryFile;

constexpr absl::string_view kRolePrefix = "ACTOR_ROLE_";

std::string KindOf(absl::string_view party) {
  return absl::StrCat(party.substr(0, party.find('/')), "/*");
}

const Principal* Own(const RegistryFile& file, absl::string_view party) {
  for (const Principal& one : file.principals()) {
    if (one.path() == party) return &one;
  }
  return nullptr;
}

Principal* OwnEntry(RegistryFile& file, absl::string_view party) {
  for (Principal& one : *file.mutable_principals()) {
    if (one.path() == party) return &one;
  }
  return nullptr;
}

// Its own one, made with the standing of its kind where there was none: it goes before its kind.
Principal* MakeEntry(RegistryFile& file, absl::string_view party) {
  if (Principal* own = OwnEntry(file, party)) return own;
  const Principal* kind = Own(file, KindOf(party));
  Principal made;
  if (kind != nullptr) made = *kind;
  made.set_path(std::string(party));
  return &(*file.add_principals() = made);
}

Actor* PersonOf(Principal& party, absl::string_view id) {
  for (Actor& one : *party.mutable_actors()) {
    if (one.id() == id) return &one;
  }
  return nullptr;
}

std::string Line(const Principal& party) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  std::string text;
  printer.PrintToString(party, &text);
  return absl::StrCat("principals { ", absl::StripTrailingAsciiWhitespace(text), " }\n");
}

}  // namespace

absl::Status CheckParty(absl::string_view party, bool kinds) {
  if (identity::IsCallerPath(party) || (kinds && identity::IsPrincipalPath(party))) {
    return absl::OkStatus();
  }
  return Error(error::kPartyForm, "party"_is(party),
               "kinds"_is(absl::StrJoin(identity::CallerKinds(), ", ")));
}

std::vector<std::string> RoleNames() {
  std::vector<std::string> names;
  for (int role = 1; role <= api::v1::ActorRole_MAX; ++role) {
    if (api::v1::ActorRole_IsValid(role)) names.push_back(RoleName(role));
  }
  return names;
}

std::string RoleName(int role) {
  const std::string& name = api::v1::ActorRole_Name(role);
  return absl::AsciiStrToLower(absl::StripPrefix(name, kRolePrefix));
}

absl::StatusOr<Actor> ParsePerson(absl::string_view written) {
  Actor person;
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(written, absl::MaxSplits('=', 1));
  bool good = IsResourceId(parts.first);
  person.set_id(std::string(parts.first));
  for (const absl::string_view name : absl::StrSplit(parts.second, ',')) {
    ActorRole role = api::v1::ACTOR_ROLE_UNSPECIFIED;
    // Names are in upper case there: what is written in it here is no role's.
    good =
        good && absl::AsciiStrToLower(name) == name &&
        api::v1::ActorRole_Parse(absl::StrCat(kRolePrefix, absl::AsciiStrToUpper(name)), &role) &&
        role != api::v1::ACTOR_ROLE_UNSPECIFIED;
    if (!absl::c_linear_search(person.roles(), role)) person.add_roles(role);
  }
  if (good && person.roles_size() > 0) return person;
  return Error(error::kPersonForm, "person"_is(written),
               "roles"_is(absl::StrJoin(RoleNames(), ", ")));
}

std::string TextOf(const RegistryFile& file) {
  std::string text = absl::StrCat("serial: ", file.serial(), "\n");
  for (const Principal& party : file.principals()) text += Line(party);
  return text;
}

const Principal* Find(const RegistryFile& file, absl::string_view party) {
  const Principal* own = Own(file, party);
  return own != nullptr ? own : Own(file, KindOf(party));
}

void Enter(const Principal& party, RegistryFile& file) {
  Principal& entry = *MakeEntry(file, party.path());
  if (party.record_kind() != type::v1::RECORD_KIND_UNSPECIFIED) {
    entry.set_record_kind(party.record_kind());
  }
  for (const std::string& source : party.sources()) {
    if (!absl::c_linear_search(entry.sources(), source)) entry.add_sources(source);
  }
  for (const Actor& person : party.actors()) {
    Actor* there = PersonOf(entry, person.id());
    if (there == nullptr) there = entry.add_actors();
    const bool blocked = there->blocked();
    *there = person;
    there->set_blocked(blocked);
  }
}

absl::Status SetBlocked(absl::string_view party, absl::string_view person, bool blocked,
                        RegistryFile& file) {
  if (Find(file, party) == nullptr) {
    return Error(error::kPartyNotListed, "party"_is(party));
  }
  if (person.empty()) {
    MakeEntry(file, party)->set_blocked(blocked);
    return absl::OkStatus();
  }
  Principal* own = OwnEntry(file, party);
  Actor* actor = own == nullptr ? nullptr : PersonOf(*own, person);
  if (actor == nullptr) {
    return Error(error::kPersonNotListed, "person"_is(person), "party"_is(party));
  }
  actor->set_blocked(blocked);
  return absl::OkStatus();
}

std::string Difference(const RegistryFile& before, const RegistryFile& after) {
  const auto lines = [](const RegistryFile& file) {
    std::vector<std::string> all;
    for (const Principal& party : file.principals()) all.push_back(Line(party));
    return all;
  };
  const std::vector<std::string> old = lines(before), fresh = lines(after);
  std::string difference;
  for (const std::string& line : old) {
    if (!absl::c_linear_search(fresh, line)) absl::StrAppend(&difference, "- ", line);
  }
  for (const std::string& line : fresh) {
    if (!absl::c_linear_search(old, line)) absl::StrAppend(&difference, "+ ", line);
  }
  return difference;
}

}  // namespace puente::registry
