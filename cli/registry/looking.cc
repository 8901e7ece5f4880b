// What there is: all parties, one, and whether a registry is good.
#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "cli/registry/authority.h"
#include "cli/registry/commands.h"
#include "cli/registry/edits.h"
#include "cli/registry/errors.h"
#include "common/context/file.h"
#include "common/identity/x509.h"
#include "common/status/macros.h"

namespace puente::registry {
namespace {

using cli::Column;
using cli::Label;
using cli::Table;
using identity::Principal;
using identity::RegistryFile;

// Whoever has so little left is pointed out.
constexpr int kSoonDays = 30;
// What is left of 80 columns.
constexpr size_t kPartyWidth = 40;

constexpr Label kState{"state", "estado"};
constexpr Label kGood{"entered", "inscrito"};
constexpr Label kBlocked{"BLOCKED", "BLOQUEADO"};
constexpr Label kByKind{"by kind", "por tipo"};
constexpr Label kNotEntered{"not there", "no está"};
constexpr Label kPersons{"persons", "personas"};
constexpr Label kUntil{"until", "hasta"};
constexpr Label kDays{"days", "días"};
constexpr Label kParty{"party", "participante"};
constexpr Label kNone{"Nothing ends so soon.", "Nada termina tan pronto."};
constexpr Label kEnds{"certificates end within 30 days or have ended: ",
                      "certificados terminan en 30 días o ya terminaron: "};
constexpr Label kAuthority{"the authority itself", "la autoridad misma"};
constexpr Label kRecords{"records", "registros"};
constexpr Label kReal{"real", "reales"};
constexpr Label kGenerated{"generated", "generados"};
constexpr Label kSources{"sources", "fuentes"};
constexpr Label kPerson{"person", "persona"};
constexpr Label kRoles{"roles", "funciones"};
constexpr Label kNumber{"certificate", "certificado"};
constexpr Label kFrom{"from", "desde"};
constexpr Label kHosts{"hosts", "máquinas"};
constexpr Label kTime{"time (UTC)", "hora (UTC)"};
constexpr Label kWhat{"what", "qué"};
constexpr Label kWho{"by", "quién"};
constexpr Label kWhy{"why", "por qué"};
constexpr Label kGoodFile{"The registry is good and its signature is of this key.",
                          "El registro es bueno y su firma es de esta llave."};
constexpr Label kSerial{"issue", "emisión"};
constexpr Label kParties{"parties", "participantes"};
constexpr Label kBlockedOnes{"blocked", "bloqueados"};

int64_t DaysLeft(absl::Time end) { return absl::ToInt64Hours(end - absl::Now()) / 24; }

std::string StateOf(const RegistryFile& file, const std::string& party, cli::Language language) {
  const Principal* entry = Find(file, party);
  if (entry == nullptr) return std::string(cli::In(language, kNotEntered));
  if (entry->blocked()) return std::string(cli::In(language, kBlocked));
  return std::string(cli::In(language, entry->path() == party ? kGood : kByKind));
}

// Of what is no list.
absl::Status RefuseCsv(const cli::Session& session) {
  return session.options().format == cli::Format::kCsv ? Error(error::kNoCsv) : absl::OkStatus();
}

// The certificate that ends last, by party.
std::map<std::string, const Issued*> LastOnes(const std::vector<Issued>& all) {
  std::map<std::string, const Issued*> last;
  for (const Issued& one : all) last.emplace(one.party, &one);  // the one that ends last is first
  return last;
}

// The infinite future where none is here: its key need not be.
absl::Time EndOfAuthority(const Args& args) {
  const std::string pem = ReadFile(AuthorityFolder(args) + "/ca.pem").value_or("");
  const identity::Certificate certificate = identity::CertificateOf(pem);
  return certificate == nullptr ? absl::InfiniteFuture()
                                : identity::TimeOf(X509_get0_notAfter(certificate.get()));
}

std::string RoleText(const identity::Actor& person) {
  return absl::StrJoin(person.roles(), ", ",
                       [](std::string* text, int role) { absl::StrAppend(text, RoleName(role)); });
}

std::string KindText(const Principal& entry, const cli::Session& session) {
  const bool generated = entry.record_kind() == type::v1::RECORD_KIND_GENERATED;
  return session.Say(generated ? kGenerated : kReal);
}

Table ChangesOf(const std::vector<Change>& changes, const std::string& party,
                const cli::Session& session) {
  Table table({{session.Say(kTime)},
               {session.Say(kWhat)},
               {session.Say(kPerson), Column::kLeft, 12},
               {session.Say(kWho), Column::kLeft, 14},
               {session.Say(kWhy), Column::kTextBelow}});
  for (const Change& change : changes) {
    if (change.party != party) continue;
    table.Add({absl::FormatTime("%Y-%m-%d %H:%M", change.time, absl::UTCTimeZone()), change.what,
               change.person, change.by.empty() ? change.user : change.by, change.why});
  }
  return table;
}

}  // namespace

absl::Status List(cli::Session& session, const Args& args) {
  const Folder folder(args.folder);
  ASSIGN_OR_RETURN(const RegistryFile file, folder.Current());
  ASSIGN_OR_RETURN(const std::vector<Issued> certificates, folder.Certificates());
  const std::map<std::string, const Issued*> last = LastOnes(certificates);
  std::vector<std::string> parties;
  for (const Principal& entry : file.principals()) parties.push_back(entry.path());
  for (const auto& [party, issued] : last) {
    if (std::find(parties.begin(), parties.end(), party) == parties.end()) {
      parties.push_back(party);
    }
  }
  std::sort(parties.begin(), parties.end());
  const bool csv = session.options().format == cli::Format::kCsv;
  // Programs know the words of one language.
  const cli::Language language = csv ? cli::Language::kEnglish : session.language();
  const auto say = [&](const Label& label) { return std::string(cli::In(language, label)); };
  Table table({{say(kState)},
               {say(kPersons), Column::kRight},
               {say(kUntil)},
               {say(kDays), Column::kRight},
               {say(kParty), Column::kLeft, csv ? 0 : kPartyWidth}});
  int soon = 0;
  for (const std::string& party : parties) {
    const auto found = last.find(party);
    const Issued* issued = found == last.end() ? nullptr : found->second;
    const int64_t days = issued == nullptr ? 0 : DaysLeft(issued->end);
    if (issued != nullptr && days < kSoonDays) ++soon;
    if (args.ending >= 0 && (issued == nullptr || days >= args.ending)) continue;
    const Principal* entry = Find(file, party);
    const int persons = entry == nullptr ? 0 : entry->actors_size();
    table.Add({StateOf(file, party, language), absl::StrCat(persons),
               issued == nullptr ? "" : DayOf(issued->end),
               issued == nullptr ? "" : absl::StrCat(days), party});
  }
  if (csv) {
    session.out() << table.Csv();
    return absl::OkStatus();
  }
  if (table.empty()) {
    session.out() << session.Say(kNone) << "\n";
  } else {
    session.printer().Print(table);
  }
  if (soon > 0) session.out() << "\n" << session.Say(kEnds) << soon << "\n";
  if (DaysLeft(EndOfAuthority(args)) < kSoonDays)
    session.out() << "\n" << session.Say(kEnds) << session.Say(kAuthority) << "\n";
  return absl::OkStatus();
}

absl::Status Show(cli::Session& session, const Args& args) {
  RETURN_IF_ERROR(RefuseCsv(session));
  RETURN_IF_ERROR(CheckParty(args.party, /*kinds=*/true));
  const Folder folder(args.folder);
  ASSIGN_OR_RETURN(const RegistryFile file, folder.Current());
  ASSIGN_OR_RETURN(const std::vector<Issued> certificates, folder.Certificates());
  ASSIGN_OR_RETURN(const std::vector<Change> changes, folder.Changes());
  const Principal* entry = Find(file, args.party);
  const bool has_certificate =
      std::any_of(certificates.begin(), certificates.end(),
                  [&](const Issued& one) { return one.party == args.party; });
  if (entry == nullptr && !has_certificate) {
    return Error(error::kPartyNotListed, "party"_is(args.party));
  }
  session.out() << args.party << "\n";
  std::vector<std::vector<std::string>> facts = {
      {session.Say(kState), "", StateOf(file, args.party, session.language())}};
  if (entry != nullptr) {
    facts.push_back({session.Say(kRecords), "", KindText(*entry, session)});
    if (entry->sources_size() > 0) {
      facts.push_back({session.Say(kSources), "", absl::StrJoin(entry->sources(), ", ")});
    }
  }
  cli::Printer printer = session.printer();
  const auto print = [&](const Table& table) {
    if (!table.empty()) printer.Print(table);
  };
  printer.Print(facts);
  Table persons(
      {{session.Say(kState)}, {session.Say(kPerson)}, {session.Say(kRoles), Column::kTextBelow}});
  for (int i = 0; entry != nullptr && i < entry->actors_size(); ++i) {
    const identity::Actor& person = entry->actors(i);
    persons.Add({session.Say(person.blocked() ? kBlocked : kGood), person.id(), RoleText(person)});
  }
  print(persons);
  Table signed_ones({{session.Say(kFrom)},
                     {session.Say(kUntil)},
                     {session.Say(kNumber)},
                     {session.Say(kHosts), Column::kTextBelow}});
  for (const Issued& one : certificates) {
    if (one.party != args.party) continue;
    signed_ones.Add({DayOf(one.begin), DayOf(one.end), one.number, absl::StrJoin(one.hosts, ", ")});
  }
  print(signed_ones);
  print(ChangesOf(changes, args.party, session));
  return absl::OkStatus();
}

absl::Status Verify(cli::Session& session, const Args& args) {
  RETURN_IF_ERROR(RefuseCsv(session));
  const Folder folder(args.folder);
  ASSIGN_OR_RETURN(const std::string content,
                   Read(args.file.empty() ? folder.registry() : args.file));
  ASSIGN_OR_RETURN(const std::string public_key,
                   Read(args.public_key.empty() ? folder.public_key() : args.public_key));
  ASSIGN_OR_RETURN(const RegistryFile file, ReadIssue(content, public_key));
  const auto blocked = std::count_if(file.principals().begin(), file.principals().end(),
                                     [](const Principal& one) { return one.blocked(); });
  session.out() << session.Say(kGoodFile) << "\n";
  const std::vector<std::vector<std::string>> facts = {
      {session.Say(kSerial), absl::StrCat(file.serial()), ""},
      {session.Say(kParties), absl::StrCat(file.principals_size()), ""},
      {session.Say(kBlockedOnes), absl::StrCat(blocked), ""}};
  session.printer().Print(facts);
  return absl::OkStatus();
}

}  // namespace puente::registry
