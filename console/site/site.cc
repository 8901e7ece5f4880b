#include "console/site/site.h"

#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/context/call.h"
#include "common/crypto/digest.h"
#include "common/federation/certificate.h"
#include "common/names/text.h"
#include "console/connect/query.h"
#include "console/connect/status.h"
#include "console/site/built_in_pages.h"
#include "console/site/errors.h"
#include "console/site/origins.h"
#include "console/site/reach.h"
#include "console/site/reference.h"
#include "console/site/report_file.h"

namespace puente::console {
namespace {

using nlohmann::ordered_json;

constexpr size_t kMostBody = 64 << 10;
constexpr char kSession[] = "/session";
constexpr char kAddress[] = "127.0.0.1:0";
constexpr char kOpen[] = "/open/";
// Of a page: who acts in it, "" for nobody.
constexpr char kActor[] = "Puente-Actor";

absl::string_view CookieOf(const Exchange& exchange, absl::string_view name) {
  for (absl::string_view part : absl::StrSplit(exchange.Field("Cookie"), ';')) {
    part = absl::StripAsciiWhitespace(part);
    if (absl::ConsumePrefix(&part, name) && absl::ConsumePrefix(&part, "=")) return part;
  }
  return "";
}

Answer JsonAnswer(const ordered_json& json) {
  Answer answer{200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, ""};
  AddPageFields(answer);
  answer.body = json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  return answer;
}

// That a page shows whom its session acts as: it may be changed in another window.
absl::Status CheckShown(absl::string_view shown, const Said& said) {
  if (shown == said.actor) return absl::OkStatus();
  return Error(error::kActorChanged, "shown"_is(ReplaceNonUtf8(shown)), "actor"_is(said.actor));
}

}  // namespace

Site::Site(Channels& channels, Options options)
    : channels_(channels),
      options_(std::move(options)),
      gate_(channels),
      pages_(options_.pages_folder.empty() ? Pages(BuiltInPages()) : Pages(options_.pages_folder)),
      session_(options_.actor, options_.language),
      cookie_name_(absl::StrCat("puente-", absl::BytesToHexString(crypto::RandomBytes(8)))) {}

std::string Site::Link() const { return absl::StrCat(kOpen, session_.link()); }

void Site::Handle(std::shared_ptr<Exchange> exchange) {
  const absl::string_view path = PathOf(exchange->target());
  const bool reads = exchange->method() == "GET" || exchange->method() == "HEAD";
  // Not by HEAD, as what shows links asks for them.
  const bool opens = exchange->method() == "GET" && absl::StartsWith(path, kOpen);
  const From from = opens ? From::kAnyLink : From::kOwnPages;
  if (const std::string why = ForeignBy(*exchange, HostsOf(kAddress), {}, from); !why.empty()) {
    return exchange->Send(TextAnswer(403, why + "\n"));
  }
  if (opens) return Open(*exchange);
  if (!IsKnown(*exchange)) {
    const absl::Status error = Error(error::kSessionUnknown);
    if (Gate::Owns(path) || path == kSession) {
      return exchange->Send(ErrorAnswer(InWords(error, {})));
    }
    return exchange->Send(
        PlainPage(401, Text(error, Locale::kSpanish), Text(error, Locale::kEnglish)));
  }
  if (Gate::Owns(path)) return ServeCall(std::move(exchange));
  if (path == kSession) return ServeSession(std::move(exchange));
  if (exchange->method() == "GET" && IsReportFile(path)) return ServeFile(std::move(exchange));
  if (reads && IsReference(path)) return exchange->Send(ReferenceAnswer(*exchange));
  if (reads) return exchange->Send(pages_.Of(*exchange, path));
  exchange->Send(TextAnswer(405, ""));
}

bool Site::IsKnown(const Exchange& exchange) const {
  return session_.Knows(CookieOf(exchange, cookie_name_));
}

void Site::Open(Exchange& exchange) {
  std::string cookie;
  if (!IsKnown(exchange)) {
    cookie = session_.Open(absl::StripPrefix(PathOf(exchange.target()), kOpen));
    if (cookie.empty()) {
      const absl::Status error = Error(error::kLinkUsed);
      return exchange.Send(
          PlainPage(403, Text(error, Locale::kSpanish), Text(error, Locale::kEnglish)));
    }
  }
  // No redirection: the cookie is not sent where that leads, as the link is another site's.
  Answer answer = PlainPage(200, "La consola está <a href=\"/\">aquí</a>.",
                            "The console is <a href=\"/\">here</a>.");
  answer.fields.emplace_back("Refresh", "0; url=/");
  if (!cookie.empty()) {
    answer.fields.emplace_back("Set-Cookie", absl::StrCat(cookie_name_, "=", cookie,
                                                          "; Path=/; HttpOnly; SameSite=Strict"));
  }
  exchange.Send(std::move(answer));
}

Said Site::SaidBy(const Exchange& exchange) const {
  return {session_.actor(), std::string(exchange.Field("Puente-Purpose")), session_.language()};
}

void Site::ServeCall(std::shared_ptr<Exchange> exchange) {
  // No form and no link of another page can send it.
  if (exchange->Field("Connect-Protocol-Version").empty()) {
    return exchange->Send(ErrorAnswer(InWords(Error(error::kFieldMissing), SaidBy(*exchange))));
  }
  Said said = SaidBy(*exchange);
  if (exchange->Has(kActor)) {
    const absl::string_view language = exchange->Field("Accept-Language");
    if (language == "es" || language == "en") said.language = std::string(language);
    if (const absl::Status changed = CheckShown(exchange->Field(kActor), said); !changed.ok()) {
      return exchange->Send(ErrorAnswer(InWords(changed, said)));
    }
  }
  gate_.Serve(std::move(exchange), said);
}

// A link says in its query what calls say in a field.
void Site::ServeFile(std::shared_ptr<Exchange> exchange) {
  const Said said = SaidBy(*exchange);
  const auto query = QueryOf(exchange->target());
  if (query && query->contains("actor")) {
    if (const absl::Status changed = CheckShown(query->at("actor"), said); !changed.ok()) {
      return exchange->Send(ErrorAnswer(InWords(changed, said)));
    }
  }
  SendReportFile(channels_, said, std::move(exchange));
}

void Site::ServeSession(std::shared_ptr<Exchange> exchange) {
  if (exchange->method() == "GET") return TellSession(std::move(exchange));
  if (exchange->method() == "POST") return ChangeSession(std::move(exchange));
  exchange->Send(TextAnswer(405, ""));
}

void Site::ChangeSession(std::shared_ptr<Exchange> exchange) {
  if (!absl::StartsWith(exchange->Field("Content-Type"), "application/json")) {
    return exchange->Send(TextAnswer(415, "Send application/json.\n"));
  }
  Exchange& reading = *exchange;
  reading.ReadAll(kMostBody, [this, exchange = std::move(exchange)](
                                 absl::StatusOr<std::string> body) mutable {
    const Said said = SaidBy(*exchange);
    if (!body.ok()) {
      return exchange->Send(ErrorAnswer(InWords(BodyError(body.status(), kMostBody), said)));
    }
    const auto wanted = ordered_json::parse(*body, nullptr, /*allow_exceptions=*/false);
    if (!wanted.is_object()) {
      return exchange->Send(ErrorAnswer(InWords(Error(error::kSessionWrong), said)));
    }
    for (const auto& [name, value] : wanted.items()) {
      const bool known =
          name == "actor" || (name == "language" && (value == "es" || value == "en"));
      if (!known || !value.is_string() || !Said{value.get<std::string>(), "", ""}.Check().ok()) {
        return exchange->Send(ErrorAnswer(InWords(Error(error::kSessionWrong), said)));
      }
    }
    if (wanted.contains("language")) session_.set_language(wanted["language"].get<std::string>());
    if (wanted.contains("actor")) session_.set_actor(wanted["actor"].get<std::string>());
    TellSession(std::move(exchange));
  });
}

void Site::TellSession(std::shared_ptr<Exchange> exchange) {
  const Said said = SaidBy(*exchange);
  if (const absl::Status wrong = said.Check(); !wrong.ok()) {
    return exchange->Send(ErrorAnswer(InWords(wrong, said)));
  }
  AskWho(channels_, said, [this, exchange, said](Reach reach) {
    ordered_json told = {{"caller", channels_.caller()},
                         {"kind", std::string(puente::Caller{channels_.caller()}.kind())},
                         {"actors", ordered_json::array()},
                         {"actor", said.actor},
                         {"language", said.language},
                         {"servers", ordered_json::array()}};
    for (const auto& [actor, role] : options_.actors) {
      told["actors"].push_back({{"name", actor}, {"roles", {role}}});
    }
    for (const auto& each : reach.servers) {
      told["servers"].push_back({{"server", each.server}, {"reachable", each.reachable}});
    }
    if (!reach.refusal.ok()) {
      told["refusal"] = ordered_json::parse(ErrorJson(InWords(reach.refusal, said)));
    }
    const std::string trouble =
        CertificateTrouble(channels_.files(), absl::Now(), ParseLocale(said.language));
    if (!trouble.empty()) told["certificate_trouble"] = trouble;
    exchange->Send(JsonAnswer(told));
  });
}

}  // namespace puente::console
