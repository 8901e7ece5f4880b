#include "cli/explain.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/options.h"

namespace puente::cli {

std::string ShellWord(const std::string& text) {
  constexpr char kHarmless[] =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@=+,";
  if (!text.empty() && text.find_first_not_of(kHarmless) == text.npos) return text;
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

std::string BufCurl(const std::string& address, const std::string& method, const std::string& data,
                    const identity::TlsFiles& files, const Headers& headers) {
  std::string said;
  for (const auto& [name, value] : headers) {
    absl::StrAppend(&said, " --header ", ShellWord(absl::StrCat(name, ": ", value)));
  }
  return absl::StrCat("buf curl --protocol grpc --cacert ", ShellWord(files.ca), " --cert ",
                      ShellWord(files.certificate), " --key ", ShellWord(files.key), said,
                      " --data ", ShellWord(data), " ",
                      ShellWord(absl::StrCat("https://", address, "/", method)));
}

}  // namespace puente::cli
