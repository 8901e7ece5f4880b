// Certificates: a party's first, those after it, and the authority's own.
#include <algorithm>
#include <filesystem>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "cli/registry/authority.h"
#include "cli/registry/commands.h"
#include "cli/registry/edits.h"
#include "cli/registry/errors.h"
#include "common/status/macros.h"

namespace puente::registry {
namespace {

using cli::Label;

constexpr Label kParty{"party", "participante"};
constexpr Label kNumber{"number", "número"};
constexpr Label kFrom{"good from", "válido desde"};
constexpr Label kUntil{"good until", "válido hasta"};
constexpr Label kHosts{"hosts", "máquinas"};
constexpr Label kDigest{"SHA-256 of the request", "SHA-256 de la solicitud"};
constexpr Label kKept{"kept as ", "guardado como "};
constexpr Label kFile{"written to ", "escrito en "};
constexpr Label kNotEntered{"It is not in the registry yet: puente-registry enter ",
                            "Todavía no está en el registro: puente-registry enter "};
constexpr Label kRenewed{
    "Give this file to everybody in the place of the one before; certificates that it signed stay "
    "good: ",
    "Dé este archivo a todos en lugar del anterior; los certificados que firmó siguen siendo "
    "buenos: "};

// The certificate of a party that ends last; nothing if it has had none.
const Issued* LastOf(const std::vector<Issued>& all, const std::string& party) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Issued& one) { return one.party == party; });
  return found == all.end() ? nullptr : &*found;
}

// Those that were asked for; of one that is renewed, those that it has.
absl::StatusOr<std::vector<std::string>> HostsOf(const Args& args, const Issued* last) {
  std::vector<std::string> hosts = args.hosts;
  if (hosts.empty() && last != nullptr) hosts = last->hosts;
  RETURN_IF_ERROR(CheckHosts(hosts));
  if (!Serves(args.party) && !hosts.empty()) {
    return Error(error::kServesNot, "party"_is(args.party));
  }
  if (Serves(args.party) && hosts.empty()) {
    return Error(error::kHostMissing, "party"_is(args.party));
  }
  return hosts;
}

void Tell(cli::Session& session, const Issued& issued, const std::string& digest) {
  std::vector<std::vector<std::string>> facts = {
      {session.Say(kParty), "", issued.party},
      {session.Say(kNumber), "", issued.number},
      {session.Say(kFrom), "", DayOf(issued.begin)},
      {session.Say(kUntil), "", DayOf(issued.end)},
  };
  if (!issued.hosts.empty()) {
    facts.push_back({session.Say(kHosts), "", absl::StrJoin(issued.hosts, ", ")});
  }
  session.printer().Print(facts);
  session.out() << "  " << session.Say(kDigest) << ":\n  " << digest << "\n";
}

absl::Status Sign(cli::Session& session, const Args& args, bool renews) {
  RETURN_IF_ERROR(CheckParty(args.party));
  const Folder folder(args.folder);
  RETURN_IF_ERROR(folder.Current().status());
  // It may ask for a passphrase, for which nobody else shall wait.
  ASSIGN_OR_RETURN(const Authority authority, Authority::Open(AuthorityFolder(args)));
  ASSIGN_OR_RETURN(Changing changing, Changing::Begin(folder, args.dry_run));
  ASSIGN_OR_RETURN(const identity::RegistryFile file, changing.Current());
  const identity::Principal* entry = Find(file, args.party);
  if (entry != nullptr && entry->blocked()) {
    return Error(error::kPartyBlocked, "party"_is(args.party));
  }
  ASSIGN_OR_RETURN(const std::vector<Issued> known, folder.Certificates());
  const Issued* last = LastOf(known, args.party);
  if (renews && last == nullptr) return Error(error::kNoCertificate, "party"_is(args.party));
  if (!renews && last != nullptr && last->end > absl::Now()) {
    return Error(error::kCertificateThere, "party"_is(args.party), "end"_is(DayOf(last->end)));
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> hosts, HostsOf(args, last));
  ASSIGN_OR_RETURN(const std::string content, Read(args.file));
  ASSIGN_OR_RETURN(const Request request,
                   ReadRequest(content, {args.party, hosts, args.digest}, known));
  ASSIGN_OR_RETURN(const absl::Time end, authority.EndOf(args.days));
  const std::string pem = authority.Sign(request.key.get(), args.party, hosts, end);
  const Issued issued = ReadIssued(pem).value();
  Tell(session, issued, request.digest);
  if (OnlyShown(session, args)) return absl::OkStatus();
  if (std::filesystem::exists(args.out)) return Error(error::kFileExists, "path"_is(args.out));
  Change note = NoteOf(args, renews ? "renew" : "sign-request");
  note.digest = request.digest;
  RETURN_IF_ERROR(changing.Keep(issued, pem, note));
  session.out() << session.Say(kKept) << folder.certificate(issued) << "\n";
  RETURN_IF_ERROR(WriteNew(args.out, pem, 0644));
  session.out() << session.Say(kFile) << args.out << "\n";
  if (entry == nullptr) session.out() << session.Say(kNotEntered) << args.party << "\n";
  return absl::OkStatus();
}

}  // namespace

absl::Status SignRequest(cli::Session& session, const Args& args) {
  return Sign(session, args, false);
}

absl::Status Renew(cli::Session& session, const Args& args) { return Sign(session, args, true); }

absl::Status RenewAuthority(cli::Session& session, const Args& args) {
  const std::string folder = AuthorityFolder(args);
  ASSIGN_OR_RETURN(const Authority authority, Authority::Open(folder));
  const std::string file = folder + "/ca.pem";
  if (OnlyShown(session, args)) return absl::OkStatus();
  ASSIGN_OR_RETURN(Changing changing, Changing::Begin(Folder(args.folder)));
  RETURN_IF_ERROR(changing.Note(NoteOf(args, "renew-authority")));
  RETURN_IF_ERROR(Replace(file, authority.Renewed(), 0644));
  session.out() << session.Say(kRenewed) << file << "\n";
  return absl::OkStatus();
}

}  // namespace puente::registry
