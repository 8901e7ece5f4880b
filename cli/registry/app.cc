#include "cli/registry/app.h"

#include <tuple>

#include "absl/strings/ascii.h"
#include "cli/help/formatter.h"
#include "cli/help/usage_errors.h"
#include "common/context/version.h"

namespace puente::registry {
namespace {

using Command = absl::Status (*)(cli::Session&, const Args&);

constexpr char kProgram[] = "puente-registry";
constexpr char kAbout[] =
    "puente-registry: certificates, and the registry of who may call.\n"
    "For those who operate Puente; docs/operations.md says what is done when.";
constexpr char kExitCodes[] = "Exit codes: 0 done, 1 failed, 2 wrong usage.";

CLI::App* Add(CLI::App& app, const std::string& name, const std::string& about, Chosen& chosen,
              Command command) {
  CLI::App* added = app.add_subcommand(name, about);
  added->fallthrough();
  added->callback([&chosen, command] { chosen.command = command; });
  return added;
}

// What is empty is a variable of a shell that was not set, and never what was meant.
void RefuseEmpty(CLI::App& app) {
  static const CLI::Validator given(
      [](const std::string& text) {
        return std::string(absl::StripAsciiWhitespace(text).empty() ? "empty" : "");
      },
      "");
  for (CLI::Option* option : app.get_options()) option->check(given);
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
    RefuseEmpty(*command);
  }
}

void AddParty(CLI::App* command, Args& args) {
  command->add_option("party", args.party, "KIND/ID, such as company/acme")->required();
}

void AddWhy(CLI::App* command, Args& args) {
  command->add_option("--why", args.why, "Why, for changes.jsonl")->required()->type_name("TEXT");
}

void AddGlobals(CLI::App& app, Chosen& chosen) {
  Args& args = chosen.args;
  app.add_option("--registry", args.folder,
                 "Folder of the registry, its key and the certificates; default: registry here")
      ->envname("PUENTE_REGISTRY")
      ->type_name("FOLDER");
  app.add_option("--authority", args.authority,
                 "Folder of ca.pem and ca.key; default: that of the registry")
      ->envname("PUENTE_AUTHORITY")
      ->type_name("FOLDER");
  app.add_option("--by", args.by, "Who does it, for changes.jsonl, beside the user of this machine")
      ->type_name("WHO");
  app.add_flag("--dry-run", args.dry_run, "Show what would change; write nothing");
  app.add_option("--format", chosen.format, "How to print: table is for people")
      ->capture_default_str()
      ->check(CLI::IsMember({"table", "csv"}))
      ->type_name("FORMAT");
  app.add_option("--lang", chosen.language, "es or en; default: by LANG")
      ->check(CLI::IsMember({"es", "en"}))
      ->type_name("LANGUAGE");
}

void AddSigning(CLI::App* command, Args& args) {
  AddParty(command, args);
  command->add_option("request", args.file, "Request in PEM, as openssl req makes it")->required();
  command->add_option("--out", args.out, "Where to write the certificate")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--digest", args.digest,
                   "SHA-256 of the request, as the party told it by another way")
      ->type_name("HEX");
  command
      ->add_option("--days", args.days,
                   "How long it is good; default: 90, or as long as the authority")
      ->check(CLI::Range(1, 398))
      ->type_name("N");
  command->add_option("--host", args.hosts, "Of a server: names by which clients connect")
      ->allow_extra_args(false)
      ->type_name("NAME");
  command->add_option("--why", args.why, "Why, for changes.jsonl")->type_name("TEXT");
}

void AddEntry(CLI::App* command, Args& args) {
  command
      ->add_option("--person", args.persons,
                   "Who acts for it, with roles, such as ana-r7=reviewer,registrar")
      ->allow_extra_args(false)
      ->type_name("ID=ROLE");
  command->add_option("--source", args.sources, "Source that its records may name")
      ->allow_extra_args(false)
      ->type_name("NAME");
  command->add_option("--record-kind", args.record_kind, "What its records are: real or generated")
      ->check(CLI::IsMember({"real", "generated"}))
      ->type_name("KIND");
}

void AddCertificates(CLI::App& app, Chosen& chosen) {
  Args& args = chosen.args;
  Add(app, "init", "Make a registry with a key of its own; the servers are in it", chosen, &Init);
  Add(app, "init-authority", "Make an authority that signs certificates", chosen, &InitAuthority);
  AddSigning(
      Add(app, "sign-request", "Sign the first certificate of a party", chosen, &SignRequest),
      args);
  AddSigning(Add(app, "renew", "Sign a certificate of a party that has one", chosen, &Renew), args);
  Add(app, "renew-authority", "Renew the authority's certificate; its key stays", chosen,
      &RenewAuthority);
}

void AddRegistry(CLI::App& app, Chosen& chosen) {
  Args& args = chosen.args;
  CLI::App* enter =
      Add(app, "enter", "Enter a party, or its persons and sources", chosen, &EnterParty);
  AddParty(enter, args);
  AddEntry(enter, args);
  enter->add_option("--why", args.why, "Why, for changes.jsonl")->type_name("TEXT");
  for (const auto& [name, about, command] :
       {std::tuple{"block", "Refuse all calls of a party, or of one person", &Block},
        std::tuple{"unblock", "Let a party or person in again", &Unblock}}) {
    CLI::App* added = Add(app, name, about, chosen, command);
    AddParty(added, args);
    added->add_option("--person", args.person, "Only this person of it")->type_name("ID");
    AddWhy(added, args);
  }
  CLI::App* publish =
      Add(app, "publish", "Sign a whole registry that was written by hand", chosen, &Publish);
  publish->add_option("file", args.file, "Its text (- reads the standard input)")->required();
  publish->add_flag("--replace-any", args.replace_any,
                    "In the place of any issue, not of the one that its serial names");
  publish->add_option("--why", args.why, "Why, for changes.jsonl")->type_name("TEXT");
}

void AddLooking(CLI::App& app, Chosen& chosen) {
  Args& args = chosen.args;
  Add(app, "list", "Parties, and how long their certificates are good", chosen, &List)
      ->add_option("--ending", args.ending, "Only those whose certificate ends within N days")
      ->check(CLI::Range(0, 3650))
      ->type_name("N");
  AddParty(
      Add(app, "show", "A party: persons, certificates, what was changed and why", chosen, &Show),
      args);
  CLI::App* verify =
      Add(app, "verify", "Whether a registry is good and signed with its key", chosen, &Verify);
  verify->add_option("file", args.file, "Default: the one in the folder");
  verify->add_option("--public-key", args.public_key, "Default: public.pem in the folder")
      ->type_name("FILE");
  CLI::App* sandbox =
      Add(app, "sandbox", "Make a party to try things with, in a federation on this machine",
          chosen, &Sandbox);
  AddParty(sandbox, args);
  AddEntry(sandbox, args);
  sandbox
      ->add_option("--federation", args.federation,
                   "Its file; default: the nearest var/federation.json")
      ->envname("PUENTE_FEDERATION")
      ->type_name("FILE");
}

}  // namespace

void AddAll(CLI::App& app, Chosen& chosen) {
  AddGlobals(app, chosen);
  AddCertificates(app, chosen);
  AddRegistry(app, chosen);
  AddLooking(app, chosen);
  RefuseEmpty(app);
}

cli::ExitCode Run(int argc, const char* const* argv, bool terminal, std::ostream& out,
                  std::ostream& err) {
  cli::Options options;
  options.language = cli::help::LanguageOf(argc, argv);
  CLI::App app(kAbout, kProgram);
  cli::help::Install(app, options.language);
  app.footer(kExitCodes);
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string(VersionWithCommit()));
  Chosen chosen;
  AddAll(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Whoever asks for help or the version is told by the parser.
    if (error.get_exit_code() == cli::kOk) {
      app.exit(error, out, err);
      return cli::Session(options, out, err).Finish(cli::kOk);
    }
    const cli::help::UsageError told = cli::help::Explain(app, error, options.language);
    return cli::Session(options, out, err).Fail(cli::kUsage, told.text, told.remedy);
  }
  if (chosen.format == "csv") options.format = cli::Format::kCsv;
  options.plain = !terminal;
  cli::Session session(options, out, err);
  const absl::Status done = chosen.command(session, chosen.args);
  if (done.ok()) return session.Finish(cli::kOk);
  err << cli::ErrorText(done, cli::Attempt(), options.language);
  return session.Finish(absl::IsInvalidArgument(done) ? cli::kUsage : cli::kFailure);
}

}  // namespace puente::registry
