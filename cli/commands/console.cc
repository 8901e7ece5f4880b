#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/browser.h"
#include "cli/commands.h"
#include "common/context/process.h"
#include "console/http/server.h"
#include "console/site/site.h"

namespace puente::cli {
namespace {

constexpr Label kOpenThis{"The console of $caller is at this link, which opens it once:",
                          "La consola de $caller está en este enlace, que la abre una sola vez:"};
constexpr Label kUntil{"Ctrl-C ends it.", "Ctrl-C la termina."};
constexpr Label kCannotListen{"cannot listen there: ", "no se puede escuchar ahí: "};

}  // namespace

ExitCode Console(Session& session, const ConsoleArgs& args) {
  BeginServing();
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  Channels& channels = session.client().channels();
  console::Site::Options options;
  options.actor = session.options().actor;
  options.language = std::string(LanguageCode(args.language));
  options.pages_folder = args.pages;
  const auto actors = session.federation().actors.find(channels.caller());
  if (actors != session.federation().actors.end()) options.actors = actors->second;
  console::Site site(channels, std::move(options));
  console::Server server(site);
  const auto address = server.Listen(absl::StrCat("127.0.0.1:", args.port));
  if (!address.ok()) {
    return session.Fail(kFailure,
                        absl::StrCat(session.Say(kCannotListen), address.status().message()));
  }
  const std::string link = absl::StrCat("http://", *address, site.Link());
  session.err() << absl::StrReplaceAll(session.Say(kOpenThis), {{"$caller", channels.caller()}})
                << "\n";
  session.out() << link << std::endl;
  session.err() << session.Say(kUntil) << std::endl;
  std::optional<ShownLink> shown;
  if (args.browser && !session.options().plain) shown.emplace(link);
  AwaitEnd();
  return kOk;
}

}  // namespace puente::cli
