// The register of certification bodies: what is to change in it, and what nobody certifies.
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/substitute.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/line_text.h"
#include "cli/provenance.h"
#include "puente/gateway/v1/certification.pb.h"
#include "puente/gateway/v1/certifier_change.pb.h"

namespace puente::cli {
namespace {

constexpr char kListUncertified[] =
    "puente.gateway.v1.CertificationService/ListUncertifiedVersions";
constexpr char kListChanges[] = "puente.gateway.v1.CertifierChangeService/ListCertifierChanges";
constexpr char kConfirm[] = "puente.gateway.v1.CertifierChangeService/ConfirmCertifierChange";
constexpr char kDecline[] = "puente.gateway.v1.CertifierChangeService/DeclineCertifierChange";
constexpr int kPage = 1000;
constexpr int kPageOfVersions = 100;

constexpr Label kLevel{"level", "nivel"};
constexpr Label kBodies{"may certify it", "pueden certificarla"};
constexpr Label kNobody{"none", "ninguno"};
constexpr Label kNotKnown{"not known", "no se sabe"};
constexpr Label kSubmitted{"was submitted", "se presentó"};
constexpr Label kWaiting{"learners who wait", "personas que esperan"};
constexpr Label kHalfWithin{"half of them for $0 days at most", "la mitad, $0 días como máximo"};
constexpr Label kCertifiedByNone{"published versions that nobody certifies, of",
                                 "versiones publicadas que nadie certifica, de"};
constexpr Label kBody{"body", "organismo"};
constexpr Label kWhat{"change", "cambio"};
constexpr Label kOf{"of", "de"};
constexpr Label kProposedBy{"proposed by", "lo propuso"};

using gateway::v1::CertifierChange;
using gateway::v1::ListUncertifiedVersionsResponse;
using gateway::v1::VersionWithoutCertifier;

std::string BodiesText(Session& session, bool known, const VersionWithoutCertifier& one) {
  if (!known) return session.Say(kNotKnown);
  if (one.certifiers().empty()) return session.Say(one.more_certifiers() ? kNotKnown : kNobody);
  const std::string ids =
      absl::StrJoin(one.certifiers(), ", ",
                    [](std::string* out, const std::string& name) { out->append(LastId(name)); });
  return one.more_certifiers() ? absl::StrCat(ids, ", …") : ids;
}

// How many wait, and for how long.
std::string WaitingText(Session& session, const VersionWithoutCertifier& one) {
  if (!one.has_waiting()) return session.Say(kNotKnown);
  const education::v1::VersionWaiting& waiting = one.waiting();
  const std::string count = FigureText(waiting.waiting_count(), session.language());
  if (!waiting.has_half_within_days()) return count;
  return absl::StrCat(count, ", ",
                      absl::Substitute(session.Say(kHalfWithin), waiting.half_within_days()));
}

// What stands below a line says what it is.
std::string Below(Session& session, const Label& label, const std::string& text) {
  return text.empty() ? "" : absl::StrCat(session.Say(label), ": ", text);
}

Table TableOfUncertified(Session& session, const ListUncertifiedVersionsResponse& all) {
  Table table({{session.Say(label::kDays), Column::kRight},
               {session.Say(label::kTitle), Column::kLeft, 40},
               {session.Say(kLevel), Column::kLeft, 12},
               {session.Say(label::kState)},
               {session.Say(label::kVersion), Column::kBelow},
               {session.Say(kBodies), Column::kBelow},
               {session.Say(kSubmitted), Column::kBelow},
               {session.Say(kWaiting), Column::kBelow}});
  const bool known = all.bodies().state() == gateway::v1::SECTION_STATE_FRESH;
  const bool spanish = session.language() == Language::kSpanish;
  for (const VersionWithoutCertifier& one : all.uncertified_versions()) {
    const education::v1::UncertifiedVersion& version = one.version();
    table.Add({CountText(version.wait_days()),
               spanish || version.title_en().empty() ? version.title_es() : version.title_en(),
               version.level(), version.state_code(), version.microcredential_version(),
               Below(session, kBodies, BodiesText(session, known, one)),
               Below(session, kSubmitted, one.has_submit_date() ? DateText(one.submit_date()) : ""),
               Below(session, kWaiting, WaitingText(session, one))});
  }
  return table;
}

std::string ChangeName(const std::string& given) {
  return absl::StrCat("certifierChanges/", LastId(given));
}

template <class Request>
ExitCode DecideChange(Session& session, const char* method, const Request& request) {
  if (const ExitCode code = session.Open("agency/education"); code != kOk) return code;
  if (session.Explains("gateway", method, request)) return kOk;
  CertifierChange change;
  if (!session.Call("gateway", method, request, &change)) return kFailure;
  if (session.PrintForPrograms(change)) return kOk;
  session.out() << change.name() << ": " << session.Say(LabelOf(change.state())) << "\n";
  return kOk;
}

}  // namespace

ExitCode CertifyMissing(Session& session, const RegisterArgs& args) {
  gateway::v1::ListUncertifiedVersionsRequest request;
  request.set_level(args.level);
  request.set_sector_table(SectorName(args.sector));
  if (!ResolveState(session, args.state, *request.mutable_state_code())) return kUsage;
  request.set_page_size(kPageOfVersions);
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  if (session.Explains("gateway", kListUncertified, request)) return kOk;
  ListUncertifiedVersionsResponse all;
  if (!session.CallForAll("gateway", kListUncertified, request, &all)) return kFailure;
  session.PrintList(all, TableOfUncertified(session, all));
  if (session.options().format != Format::kTable) return kOk;
  Printer printer = session.printer();
  if (!HasAnswer(printer, all.versions())) return kOk;
  session.out() << CountText(all.counts().uncertified_count()) << " "
                << session.Say(kCertifiedByNone) << " " << CountText(all.counts().published_count())
                << "\n";
  return kOk;
}

ExitCode CertifyChanges(Session& session, const RegisterArgs& args) {
  if (const ExitCode code = session.Open("agency/education"); code != kOk) return code;
  gateway::v1::ListCertifierChangesRequest request;
  request.set_page_size(kPage);
  const std::string caller(session.client().channels().caller());
  if (absl::StartsWith(caller, "certifier/")) {
    request.set_filter(absl::StrCat("body = \"", caller, "\""));
  } else if (!args.all) {
    request.set_filter("state = PROPOSED");
  }
  if (session.Explains("gateway", kListChanges, request)) return kOk;
  gateway::v1::ListCertifierChangesResponse all;
  if (!session.CallForAll("gateway", kListChanges, request, &all)) return kFailure;
  Table table({{session.Say(kBody), Column::kLeft, 20},
               {session.Say(kWhat), Column::kLeft, 10},
               {session.Say(kOf), Column::kLeft, 24},
               {session.Say(label::kRecordState)},
               {session.Say(label::kName), Column::kBelow},
               {session.Say(kProposedBy), Column::kBelow}});
  for (const CertifierChange& change : all.certifier_changes()) {
    table.Add({LastId(change.body()), session.Say(LabelOf(change.kind())),
               absl::StrJoin(change.changed_fields(), ", "), session.Say(LabelOf(change.state())),
               change.name(),
               Below(session, kProposedBy,
                     absl::StrCat(change.proposer(), " ", change.proposer_actor()))});
  }
  session.PrintList(all, table);
  return kOk;
}

ExitCode CertifyConfirm(Session& session, const RegisterArgs& args) {
  gateway::v1::ConfirmCertifierChangeRequest request;
  request.set_name(ChangeName(args.change));
  return DecideChange(session, kConfirm, request);
}

ExitCode CertifyDecline(Session& session, const RegisterArgs& args) {
  gateway::v1::DeclineCertifierChangeRequest request;
  request.set_name(ChangeName(args.change));
  request.set_reason(args.reason);
  return DecideChange(session, kDecline, request);
}

}  // namespace puente::cli
