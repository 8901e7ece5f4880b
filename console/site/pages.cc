#include "console/site/pages.h"

#include <filesystem>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/file.h"
#include "common/crypto/digest.h"
#include "common/http/answers.h"
#include "common/http/gzip.h"

namespace puente::console {
namespace {

constexpr int kEffort = 9;  // once for all who ask
constexpr char kPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

std::string TypeOf(const std::string& name) {
  static const auto* types =
      new std::map<std::string, std::string>{{".html", "text/html; charset=utf-8"},
                                             {".js", "text/javascript; charset=utf-8"},
                                             {".css", "text/css; charset=utf-8"},
                                             {".svg", "image/svg+xml"},
                                             {".png", "image/png"},
                                             {".woff2", "font/woff2"},
                                             {".json", "application/json"},
                                             {".map", "application/json"}};
  const auto found = types->find(std::filesystem::path(name).extension().string());
  return found == types->end() ? "application/octet-stream" : found->second;
}

}  // namespace

Pages::Pages(const std::map<std::string, absl::string_view>& files) {
  for (const auto& [name, bytes] : files) pages_.emplace(name, Made(name, std::string(bytes)));
}

Pages::Pages(const std::string& folder) : folder_(folder) {}

Pages::Page Pages::Made(const std::string& name, std::string bytes) {
  Page page{TypeOf(name), std::move(bytes), "", ""};
  page.zipped = http::Zipped(page.bytes, kEffort);
  page.tag = absl::BytesToHexString(crypto::Sha256(page.bytes).substr(0, 16));
  return page;
}

std::optional<Pages::Page> Pages::Find(const std::string& name) const {
  if (folder_.empty()) {
    const auto found = pages_.find(name);
    return found == pages_.end() ? std::nullopt : std::optional(found->second);
  }
  // Nothing above the folder, nor what is hidden.
  if (name.find("..") != name.npos || name.find("/.") != name.npos) return std::nullopt;
  auto bytes = ReadFile(absl::StrCat(folder_, "/", name));
  if (!bytes) return std::nullopt;
  return Made(name, *std::move(bytes));
}

Answer Pages::Of(const Exchange& exchange, absl::string_view path) const {
  const auto page = Find(path == "/" ? "index.html" : std::string(absl::StripPrefix(path, "/")));
  if (!page) {
    return PlainPage(404, "Aquí no hay ninguna página.", "There is no page here.");
  }
  Answer answer{200, {{"Content-Type", page->type}, {"Vary", "Accept-Encoding"}}, ""};
  const bool zipped = !page->zipped.empty() && http::TakesGzip(exchange.Field("Accept-Encoding"));
  const std::string tag = absl::StrCat("\"", page->tag, zipped ? "-gzip" : "", "\"");
  answer.fields.emplace_back("ETag", tag);
  answer.fields.emplace_back("Cache-Control", "private, no-cache");
  AddPageFields(answer);
  if (http::NamesTag(exchange.Field("If-None-Match"), tag)) {
    answer.status = 304;
    return answer;
  }
  if (zipped) answer.fields.emplace_back("Content-Encoding", "gzip");
  answer.body = zipped ? page->zipped : page->bytes;
  return answer;
}

void AddPageFields(Answer& answer) {
  answer.fields.emplace_back("Content-Security-Policy", kPolicy);
  answer.fields.emplace_back("Referrer-Policy", "no-referrer");
  answer.fields.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  answer.fields.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
}

Answer PlainPage(int status, absl::string_view es, absl::string_view en) {
  Answer answer{status, {{"Content-Type", "text/html; charset=utf-8"}}, ""};
  answer.fields.emplace_back("Cache-Control", "no-store");
  AddPageFields(answer);
  answer.body = absl::StrCat("<!doctype html><html lang=\"es\"><meta charset=\"utf-8\">",
                             // Without one, browsers ask for /favicon.ico.
                             "<link rel=\"icon\" href=\"data:,\">", "<title>Puente</title><p>", es,
                             "</p><p lang=\"en\">", en, "</p></html>\n");
  return answer;
}

}  // namespace puente::console
