#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/command_tree.h"
#include "cli/report_folder.h"
#include "cli/width.h"

namespace puente::cli {
namespace {

constexpr Label kFile{"file", "archivo"};
constexpr Label kState{"state", "estado"};
constexpr Label kAsListed{"files, all as the manifest says",
                          "archivos, todos como dice el manifiesto"};
constexpr Label kNotAsListed{"files are not as the manifest says",
                             "archivos no son como dice el manifiesto"};
constexpr Label kMissing{"missing", "falta"};
constexpr Label kChanged{"changed", "cambiado"};
constexpr Label kUnlisted{"not listed", "no está en la lista"};
constexpr Label kUnsigned{
    "Not signed: this shows that the files belong together, not who wrote them.",
    "Sin firma: esto muestra que los archivos van juntos, no quién los escribió."};

constexpr Label kUnchecked{
    "Signatures are not checked: this shows that the files belong together, not who wrote them.",
    "Las firmas no se revisan: esto muestra que los archivos van juntos, no quién los escribió."};

const Label& KindLabel(ReportFault::Kind kind) {
  switch (kind) {
    case ReportFault::kMissing:
      return kMissing;
    case ReportFault::kChanged:
      return kChanged;
    case ReportFault::kUnlisted:
      return kUnlisted;
  }
  return kChanged;
}

std::string Json(const ReportCheck& check) {
  nlohmann::ordered_json all = {{"report", check.report},
                                {"version", check.version},
                                {"file_count", check.file_count},
                                {"signature_count", check.signature_count}};
  all["faults"] = nlohmann::ordered_json::array();
  for (const ReportFault& fault : check.faults) {
    const absl::string_view kind = In(Language::kEnglish, KindLabel(fault.kind));
    all["faults"].push_back(
        {{"file", fault.path}, {"state", absl::StrReplaceAll(kind, {{" ", "_"}})}});
  }
  return all.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace

ExitCode ReportVerify(Session& session, const std::string& folder) {
  const auto check = CheckReportFolder(folder);
  if (!check.ok()) return session.Fail(kFailure, check.status().message());
  const bool csv = session.options().format == Format::kCsv;
  // Programs know the words of one language.
  const Language language = csv ? Language::kEnglish : session.language();
  Table table({{std::string(In(language, kFile))}, {std::string(In(language, kState))}});
  for (const ReportFault& fault : check->faults) {
    table.Add({fault.path, std::string(In(language, KindLabel(fault.kind)))});
  }
  const ExitCode code = check->faults.empty() ? kOk : kFailure;
  if (session.options().format == Format::kJson) {
    session.out() << Json(*check);
    return code;
  }
  if (csv) {
    session.out() << table.Csv();
    return code;
  }
  if (code == kOk) {
    session.out() << Printable(absl::StrCat(check->report, " ", check->version, ": ",
                                            check->file_count, " ", session.Say(kAsListed)))
                  << "\n";
    session.out() << session.Say(check->signature_count == 0 ? kUnsigned : kUnchecked) << "\n";
    return code;
  }
  session.printer().Print(table);
  return session.Fail(
      code, absl::StrCat(folder, ": ", check->faults.size(), " ", session.Say(kNotAsListed)));
}

void AddVerify(CLI::App& report, Chosen& chosen) {
  Add(report, "verify", "Hold a report's folder against its manifest, offline", chosen,
      [&](Session& session) { return ReportVerify(session, chosen.name); })
      ->add_option("folder", chosen.name, "The folder with manifest.json")
      ->required()
      ->type_name("FOLDER");
}

}  // namespace puente::cli
