#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "cli/commands.h"
#include "cli/employment.h"
#include "cli/format.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "puente/labor/v1/offer_term.pb.h"

namespace puente::cli {
namespace {

using labor::v1::OfferTerm;

constexpr char kCreate[] = "puente.labor.v1.OfferTermService/CreateOfferTerm";
constexpr char kList[] = "puente.labor.v1.OfferTermService/ListOfferTerms";
constexpr int kPage = 1000;

constexpr Label kOpen{"offers stay open", "las ofertas siguen abiertas"};
constexpr Label kBasis{"basis", "fundamento"};
constexpr Label kNoOpenness{"\" says not how long: write until-closed, never, or a number of days",
                            "\" no dice cuánto: escriba until-closed, never o un número de días"};

// As --open is written; false if it says nothing.
bool ReadOpenness(const std::string& text, OfferTerm& term) {
  int days = 0;
  if (text == "until-closed") {
    term.set_openness(labor::v1::OFFER_OPENNESS_UNTIL_CLOSED);
  } else if (text == "never") {
    term.set_openness(labor::v1::OFFER_OPENNESS_NEVER);
  } else if (absl::SimpleAtoi(text, &days)) {
    term.set_openness(labor::v1::OFFER_OPENNESS_FOR_DAYS);
    term.set_days(days);
  } else {
    return false;
  }
  return true;
}

Table TermTable(Session& session, const labor::v1::ListOfferTermsResponse& terms) {
  Table table({{session.Say(label::kSource), Column::kLeft, 30},
               {session.Say(label::kSince)},
               {session.Say(kOpen), Column::kLeft, 36},
               {session.Say(kBasis), Column::kTextBelow}});
  for (const OfferTerm& term : terms.offer_terms()) {
    table.Add({term.vacancy_source(), DateText(term.effective_date()),
               OpennessText(term, session.language()), term.basis()});
  }
  return table;
}

}  // namespace

ExitCode OfferTerms(Session& session) {
  if (const ExitCode code = session.Open("agency/labor"); code != kOk) return code;
  labor::v1::ListOfferTermsRequest request;
  request.set_page_size(kPage);
  if (session.Explains("labor", kList, request)) return kOk;
  labor::v1::ListOfferTermsResponse all;
  if (!session.CallForAll("labor", kList, request, &all)) return kFailure;
  session.PrintList(all, TermTable(session, all));
  return kOk;
}

ExitCode SetOfferTerm(Session& session, const OfferTermArgs& args) {
  absl::CivilDay day = LegalDay(absl::Now());
  if (!args.from.empty() && !ReadDay(session, args.from, day)) return kUsage;
  labor::v1::CreateOfferTermRequest request;
  OfferTerm& term = *request.mutable_offer_term();
  if (!ReadOpenness(args.open, term)) {
    return session.Fail(kUsage, absl::StrCat("\"", args.open, session.Say(kNoOpenness)));
  }
  if (const ExitCode code = session.Open("agency/labor"); code != kOk) return code;
  request.set_offer_term_id(session.request_id());
  request.set_request_id(session.request_id());
  term.set_vacancy_source(args.source);
  *term.mutable_effective_date() = ToProto(day);
  term.set_basis(args.basis);
  term.set_source("labor");
  term.set_record_kind(args.record_kind == "generated" ? type::v1::RECORD_KIND_GENERATED
                                                       : type::v1::RECORD_KIND_REAL);
  if (session.Explains("labor", kCreate, request)) return kOk;
  OfferTerm created;
  if (!session.Call("labor", kCreate, request, &created)) return kFailure;
  if (session.PrintForPrograms(created)) return kOk;
  session.out() << created.vacancy_source() << ": " << OpennessText(created, session.language())
                << ", " << session.Say(label::kSince) << " " << DateText(created.effective_date())
                << "\n";
  return kOk;
}

}  // namespace puente::cli
