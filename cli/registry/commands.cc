#include "cli/registry/commands.h"

#include <filesystem>
#include <functional>
#include <iostream>
#include <iterator>
#include <optional>

#include "absl/strings/str_cat.h"
#include "cli/registry/authority.h"
#include "cli/registry/edits.h"
#include "cli/registry/errors.h"
#include "common/context/file.h"
#include "common/context/text_proto.h"
#include "common/crypto/signature.h"
#include "common/federation/federation.h"
#include "common/identity/errors.h"
#include "common/identity/spiffe.h"
#include "common/status/macros.h"

namespace puente::registry {
namespace {

using cli::Label;
using identity::RegistryFile;

constexpr Label kIssue{"issue ", "emisión "};
constexpr Label kInPlace{
    " is signed and in place; servers that watch this file take it up within "
    "five seconds.",
    " está firmada y en su lugar; los servidores que vigilan este archivo la "
    "toman en menos de cinco segundos."};
constexpr Label kNothingChanges{"Nothing changes; no issue was made.",
                                "Nada cambia; no se hizo ninguna emisión."};
constexpr Label kDryRun{"This was only shown; nothing was written.",
                        "Solo se mostró; no se escribió nada."};
constexpr Label kKeepKey{
    "Keep a copy of this key where no copy of the registry is; servers get the public one: ",
    "Guarde una copia de esta llave donde no esté la del registro; los servidores reciben la "
    "pública: "};
constexpr Label kAuthorityMade{"Whoever has this key can be anybody; keep it offline: ",
                               "Quien tenga esta llave puede ser cualquiera; guárdela fuera de "
                               "línea: "};

using Edit = std::function<absl::Status(RegistryFile&)>;

// Shows what an edit changes, and does it unless it is only to be shown.
absl::Status ChangeRegistry(cli::Session& session, const Args& args, absl::string_view what,
                            const Edit& edit) {
  ASSIGN_OR_RETURN(Changing changing, Changing::Begin(Folder(args.folder), args.dry_run));
  ASSIGN_OR_RETURN(const RegistryFile before, changing.Current());
  RegistryFile after = before;
  RETURN_IF_ERROR(edit(after));
  const std::string difference = Difference(before, after);
  session.out() << difference;
  if (difference.empty()) {
    session.out() << session.Say(kNothingChanges) << "\n";
    return absl::OkStatus();
  }
  if (OnlyShown(session, args)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const int64_t serial, changing.Publish(std::move(after), NoteOf(args, what)));
  session.out() << session.Say(kIssue) << serial << session.Say(kInPlace) << "\n";
  return absl::OkStatus();
}

absl::Status Setting(cli::Session& session, const Args& args, bool blocked) {
  RETURN_IF_ERROR(CheckParty(args.party, /*kinds=*/true));
  return ChangeRegistry(session, args, blocked ? "block" : "unblock", [&](RegistryFile& file) {
    return SetBlocked(args.party, args.person, blocked, file);
  });
}

// What is written in the file, or on the standard input as "-".
absl::StatusOr<std::string> ContentOf(const std::string& file) {
  if (file != "-") return Read(file);
  return std::string(std::istreambuf_iterator<char>(std::cin), {});
}

absl::Status CheckNone(const Folder& folder) {
  if (!std::filesystem::exists(folder.registry())) return absl::OkStatus();
  return Error(error::kRegistryExists, "path"_is(folder.path()));
}

// Makes the key unless it is there: a command that was killed is repeated.
absl::Status MakeKey(const Folder& folder) {
  const absl::Status made = WriteNew(folder.key(), crypto::NewEd25519Keys().private_key, 0600);
  if (!made.ok() && Reason(made) != error::kFileExists.reason) return made;
  ASSIGN_OR_RETURN(const std::string key, ReadPrivate(folder.key()));
  const std::optional<std::string> public_key = crypto::Ed25519PublicKey(key);
  if (!public_key) {
    return Error(error::kKeyMalformed, "path"_is(folder.key()), "kind"_is("Ed25519"));
  }
  return Replace(folder.public_key(), *public_key, 0644);
}

}  // namespace

Change NoteOf(const Args& args, absl::string_view what) {
  Change note;
  note.by = args.by;
  note.what = std::string(what);
  note.party = args.party;
  note.person = args.person;
  note.why = args.why;
  return note;
}

std::string AuthorityFolder(const Args& args) {
  return args.authority.empty() ? args.folder : args.authority;
}

bool OnlyShown(cli::Session& session, const Args& args) {
  if (args.dry_run) session.out() << session.Say(kDryRun) << "\n";
  return args.dry_run;
}

std::string DayOf(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d", time, absl::UTCTimeZone());
}

absl::StatusOr<identity::Principal> EntryOf(const Args& args) {
  identity::Principal entry;
  entry.set_path(args.party);
  if (args.record_kind == "real") entry.set_record_kind(type::v1::RECORD_KIND_REAL);
  if (args.record_kind == "generated") entry.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  for (const std::string& source : args.sources) entry.add_sources(source);
  for (const std::string& written : args.persons) {
    ASSIGN_OR_RETURN(*entry.add_actors(), ParsePerson(written));
  }
  return entry;
}

absl::Status Init(cli::Session& session, const Args& args) {
  const Folder folder(args.folder);
  RETURN_IF_ERROR(CheckNone(folder));
  RegistryFile first;
  for (const std::string& server : Servers()) {
    first.add_principals()->set_path(identity::ServerPath(server));
  }
  session.out() << Difference(RegistryFile(), first);
  if (OnlyShown(session, args)) return absl::OkStatus();
  RETURN_IF_ERROR(MakeFolder(folder.path()));
  ASSIGN_OR_RETURN(Changing changing, Changing::Begin(folder));
  RETURN_IF_ERROR(CheckNone(folder));  // somebody else may have made it meanwhile
  // Its file was moved away: a new one would forget whom that blocks.
  if (changing.last() > 0) return Error(error::kBehind, "serial"_is(0), "last"_is(changing.last()));
  RETURN_IF_ERROR(MakeKey(folder));
  ASSIGN_OR_RETURN(const int64_t serial, changing.Publish(first, NoteOf(args, "init")));
  session.out() << session.Say(kIssue) << serial << session.Say(kInPlace) << "\n"
                << folder.key() << "\n"
                << session.Say(kKeepKey) << folder.public_key() << "\n";
  return absl::OkStatus();
}

absl::Status InitAuthority(cli::Session& session, const Args& args) {
  const std::string folder = AuthorityFolder(args);
  if (OnlyShown(session, args)) return absl::OkStatus();
  RETURN_IF_ERROR(MakeFolder(args.folder));
  ASSIGN_OR_RETURN(Changing changing, Changing::Begin(Folder(args.folder)));
  RETURN_IF_ERROR(Authority::Make(folder));
  RETURN_IF_ERROR(changing.Note(NoteOf(args, "init-authority")));
  session.out() << session.Say(kAuthorityMade) << folder << "/ca.key\n";
  return absl::OkStatus();
}

absl::Status EnterParty(cli::Session& session, const Args& args) {
  RETURN_IF_ERROR(CheckParty(args.party, /*kinds=*/true));
  ASSIGN_OR_RETURN(const identity::Principal entry, EntryOf(args));
  return ChangeRegistry(session, args, "enter", [&](RegistryFile& file) {
    Enter(entry, file);
    return absl::OkStatus();
  });
}

absl::Status Block(cli::Session& session, const Args& args) { return Setting(session, args, true); }

absl::Status Unblock(cli::Session& session, const Args& args) {
  return Setting(session, args, false);
}

// In the place of the issue that the text was made from, or, if asked for, of whatever there is.
absl::Status Publish(cli::Session& session, const Args& args) {
  ASSIGN_OR_RETURN(const std::string text, ContentOf(args.file));
  RegistryFile next;
  if (const auto fault = ParseText(text, next)) {
    return Error(puente::error::kRegistryInvalid, "where"_is(absl::StrCat("line ", fault->line)),
                 "why"_is(fault->why));
  }
  const Folder folder(args.folder);
  ASSIGN_OR_RETURN(Changing changing, Changing::Begin(folder, args.dry_run));
  const absl::StatusOr<RegistryFile> before =
      args.replace_any ? folder.Current() : changing.Current();
  if (!args.replace_any) {
    RETURN_IF_ERROR(before.status());
    if (next.serial() != before->serial()) {
      return Error(error::kIssueChanged, "serial"_is(next.serial()), "last"_is(before->serial()),
                   "path"_is(folder.registry()));
    }
  }
  session.out() << Difference(before.ok() ? *before : RegistryFile(), next);
  if (OnlyShown(session, args)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const int64_t serial,
                   changing.Publish(std::move(next), NoteOf(args, "publish")));
  session.out() << session.Say(kIssue) << serial << session.Say(kInPlace) << "\n";
  return absl::OkStatus();
}

}  // namespace puente::registry
