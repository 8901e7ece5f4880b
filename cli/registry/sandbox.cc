// A party to try things with: key, certificate, entry, and a federation.json of its own.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "cli/registry/authority.h"
#include "cli/registry/commands.h"
#include "cli/registry/edits.h"
#include "cli/registry/errors.h"
#include "common/federation/certificate.h"
#include "common/federation/federation.h"
#include "common/status/macros.h"

namespace puente::registry {
namespace {

namespace fs = std::filesystem;
using cli::Label;
using nlohmann::json;

constexpr char kSandbox[] = "sandbox";  // folder beside the registry's
// A certificate with less than that left is made anew.
constexpr absl::Duration kLeft = absl::Hours(24);

constexpr Label kIsThere{" is in this federation, with records that are no facts. Call:",
                         " está en esta federación, con registros que no son hechos. Llame así:"};
constexpr Label kForPrograms{
    "Programs find addresses and certificate in that file. ./dev run forgets "
    "the party when it starts anew: repeat this command then.",
    "Los programas encuentran direcciones y certificado en ese archivo. "
    "./dev run olvida al participante cuando vuelve a iniciar: repita "
    "entonces este comando."};

// Where a local federation has its registry and authority: never those that operators work with.
absl::StatusOr<Args> Located(Args args, const Federation& federation) {
  const fs::path home = fs::path(federation.file).parent_path();
  args.folder = (home / "registry").string();
  args.authority.clear();
  if (!federation.callers.empty()) {
    args.authority = fs::path(federation.callers.begin()->second.ca).parent_path().string();
  }
  for (const std::string& needed :
       {Folder(args.folder).key(), absl::StrCat(args.authority, "/ca.key")}) {
    if (fs::exists(needed)) continue;
    return Error(error::kNoLocalFederation, "why"_is(absl::StrCat("there is no ", needed)));
  }
  return args;
}

// A person for each role, unless some are named.
absl::StatusOr<identity::Principal> EntryWithPersons(Args args) {
  if (args.persons.empty()) {
    for (const std::string& role : RoleNames()) {
      args.persons.push_back(absl::StrCat(role, "-1=", role));
    }
  }
  if (args.record_kind.empty()) args.record_kind = "generated";
  return EntryOf(args);
}

// Key and certificate of the party, new ones unless those that are there are good.
absl::Status MakeCertificate(const Args& args, const Authority& authority,
                             const identity::TlsFiles& files, Changing& changing) {
  RETURN_IF_ERROR(Replace(files.ca, authority.pem(), 0644));
  if (fs::exists(files.certificate) && CertificateTrouble(files, absl::Now() + kLeft).empty()) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const absl::Time end, authority.EndOf(args.days));
  const identity::Key key = NewKey();
  const std::string pem = authority.Sign(key.get(), args.party, /*hosts=*/{}, end);
  RETURN_IF_ERROR(changing.Keep(ReadIssued(pem).value(), pem, NoteOf(args, "sandbox")));
  RETURN_IF_ERROR(Replace(files.key, KeyText(key.get()), 0600));
  return Replace(files.certificate, pem, 0644);
}

// The federation as it is for this party.
absl::StatusOr<std::string> FederationOf(const std::string& file,
                                         const identity::Principal& entry) {
  ASSIGN_OR_RETURN(const std::string text, Read(file));
  const json whole = json::parse(text, nullptr, /*allow_exceptions=*/false);
  json own = json::object();
  for (const char* part : {"gateway", "sdmx", "modules"}) {
    if (whole.is_object() && whole.contains(part)) own[part] = whole[part];
  }
  own["callers"] = {
      {entry.path(), {{"ca", "ca.pem"}, {"certificate", "puente.pem"}, {"key", "puente.key"}}}};
  json persons = json::object();
  for (const identity::Actor& person : entry.actors()) {
    persons[person.id()] = RoleName(person.roles(0));
  }
  own["actors"] = {{entry.path(), persons}};
  return absl::StrCat(own.dump(2, ' ', false, json::error_handler_t::replace), "\n");
}

}  // namespace

absl::Status Sandbox(cli::Session& session, const Args& written) {
  RETURN_IF_ERROR(CheckParty(written.party));
  absl::StatusOr<Federation> federation = ReadFederation(written.federation);
  // That of another sandbox party says where it comes from.
  const fs::path above =
      federation.ok() ? fs::path(federation->file).parent_path().parent_path() : fs::path();
  if (above.filename() == kSandbox) {
    federation = ReadFederation((above.parent_path() / "federation.json").string());
  }
  if (!federation.ok()) {
    return Error(error::kNoLocalFederation, "why"_is(federation.status().message()));
  }
  if (federation->callers.count(written.party) != 0) {
    return Error(error::kPartyKnown, "party"_is(written.party));
  }
  ASSIGN_OR_RETURN(const Args args, Located(written, *federation));
  ASSIGN_OR_RETURN(const identity::Principal entry, EntryWithPersons(args));
  const std::string own = (fs::path(federation->file).parent_path() / kSandbox /
                           absl::StrReplaceAll(args.party, {{"/", "."}}))
                              .string();
  const std::string file = own + "/federation.json";
  ASSIGN_OR_RETURN(const std::string text, FederationOf(federation->file, entry));
  ASSIGN_OR_RETURN(const Authority authority, Authority::Open(args.authority));
  ASSIGN_OR_RETURN(Changing changing, Changing::Begin(Folder(args.folder), args.dry_run));
  ASSIGN_OR_RETURN(const identity::RegistryFile before, changing.Current());
  identity::RegistryFile after = before;
  Enter(entry, after);
  const std::string difference = Difference(before, after);
  session.out() << difference;
  if (OnlyShown(session, args)) return absl::OkStatus();
  RETURN_IF_ERROR(MakeFolder(own));
  RETURN_IF_ERROR(MakeCertificate(
      args, authority, {own + "/ca.pem", own + "/puente.pem", own + "/puente.key"}, changing));
  if (!difference.empty()) {
    RETURN_IF_ERROR(changing.Publish(after, NoteOf(args, "sandbox")).status());
  }
  RETURN_IF_ERROR(Replace(file, text, 0600));
  session.out() << args.party << session.Say(kIsThere) << "\n\n  export PUENTE_FEDERATION=" << file
                << "\n  puente whoami --as " << args.party << "\n\n"
                << session.Say(kForPrograms) << "\n";
  return absl::OkStatus();
}

}  // namespace puente::registry
