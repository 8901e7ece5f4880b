#include "cli/dual_text.h"

#include "cli/words.h"

namespace puente::cli {

namespace v1 = education::v1;

const Label& LabelOf(v1::DualAgreementState value) {
  static constexpr Word kWords[] = {
      {v1::DUAL_AGREEMENT_STATE_PROPOSED, {"proposed", "propuesto"}},
      {v1::DUAL_AGREEMENT_STATE_IN_FORCE, {"in force", "vigente"}},
      {v1::DUAL_AGREEMENT_STATE_REFUSED, {"refused", "rechazado"}},
      {v1::DUAL_AGREEMENT_STATE_WITHDRAWN, {"withdrawn", "retirado"}},
      {v1::DUAL_AGREEMENT_STATE_ENDED, {"ended", "terminado"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::DualInsurance value) {
  static constexpr Word kWords[] = {
      {v1::DUAL_INSURANCE_IMSS, {"IMSS", "el IMSS"}},
      {v1::DUAL_INSURANCE_COMPANY, {"the company", "la empresa"}},
      {v1::DUAL_INSURANCE_ORGANIZATION, {"the school", "la escuela"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::DualParty value) {
  static constexpr Word kWords[] = {
      {v1::DUAL_PARTY_ORGANIZATION, {"school", "escuela"}},
      {v1::DUAL_PARTY_COMPANY, {"company", "empresa"}},
      {v1::DUAL_PARTY_LEARNER, {"learner", "estudiante"}},
      {v1::DUAL_PARTY_NOBODY, {"nobody", "nadie"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::DualEndCause value) {
  static constexpr Word kWords[] = {
      {v1::DUAL_END_CAUSE_LAST_DAY, {"its last day is over", "pasó su último día"}},
      {v1::DUAL_END_CAUSE_MUTUAL, {"all wanted it", "de común acuerdo"}},
      {v1::DUAL_END_CAUSE_LEARNER_LEFT, {"the learner left", "quien aprende lo dejó"}},
      {v1::DUAL_END_CAUSE_ORGANIZATION_CANNOT,
       {"the school can't go on", "la escuela no puede seguir"}},
      {v1::DUAL_END_CAUSE_COMPANY_CANNOT,
       {"the company can't go on", "la empresa no puede seguir"}},
      {v1::DUAL_END_CAUSE_TERMS_NOT_KEPT,
       {"what was agreed was not kept", "no se cumplió lo acordado"}},
      {v1::DUAL_END_CAUSE_OTHER, {"something else", "otra causa"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::DualPlanState value) {
  static constexpr Word kWords[] = {
      {v1::DUAL_PLAN_STATE_DRAFT, {"draft", "borrador"}},
      {v1::DUAL_PLAN_STATE_AGREED, {"agreed", "acordado"}},
      {v1::DUAL_PLAN_STATE_RUNNING, {"running", "en curso"}},
      {v1::DUAL_PLAN_STATE_PAUSED, {"paused", "en pausa"}},
      {v1::DUAL_PLAN_STATE_ENDED, {"ended", "terminado"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::DualPlace value) {
  static constexpr Word kWords[] = {
      {v1::DUAL_PLACE_AT_SCHOOL, {"school", "escuela"}},
      {v1::DUAL_PLACE_AT_COMPANY, {"company", "empresa"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::DualConfirmation value) {
  static constexpr Word kWords[] = {
      {v1::DUAL_CONFIRMATION_CODE, {"by code", "con código"}},
      {v1::DUAL_CONFIRMATION_PAPER, {"on paper", "en papel"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::DualAct value) {
  static constexpr Word kWords[] = {
      {v1::DUAL_ACT_ACCEPT_PLAN, {"accept the plan", "aceptar el plan"}},
      {v1::DUAL_ACT_CONFIRM_PLAN, {"confirm the plan", "confirmar el plan"}},
      {v1::DUAL_ACT_ANSWER_CHANGE, {"answer the change", "responder al cambio"}},
      {v1::DUAL_ACT_CONFIRM_SEAT, {"confirm the seat", "confirmar el lugar"}},
      {v1::DUAL_ACT_END_PLAN, {"end the plan, its seat is lost", "terminar el plan sin lugar"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::DualResult value) {
  static constexpr Word kWords[] = {
      {v1::DUAL_RESULT_UNSPECIFIED, {"", ""}},
      {v1::DUAL_RESULT_ACHIEVED, {"achieved", "logrado"}},
      {v1::DUAL_RESULT_NOT_YET, {"not yet", "aún no"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::DualPauseCause value) {
  static constexpr Word kWords[] = {
      {v1::DUAL_PAUSE_CAUSE_LEARNER, {"of the learner", "de quien aprende"}},
      {v1::DUAL_PAUSE_CAUSE_SCHOOL, {"of the school", "de la escuela"}},
      {v1::DUAL_PAUSE_CAUSE_COMPANY, {"of the company", "de la empresa"}},
      {v1::DUAL_PAUSE_CAUSE_OTHER, {"something else", "otra causa"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::HourEntryState value) {
  static constexpr Word kWords[] = {
      {v1::HOUR_ENTRY_STATE_CLAIMED, {"claimed", "declarada"}},
      {v1::HOUR_ENTRY_STATE_CONFIRMED, {"confirmed", "confirmada"}},
      {v1::HOUR_ENTRY_STATE_DISPUTED, {"disputed", "objetada"}},
      {v1::HOUR_ENTRY_STATE_VOIDED, {"voided", "anulada"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(v1::HourDisputeReason value) {
  static constexpr Word kWords[] = {
      {v1::HOUR_DISPUTE_REASON_UNSPECIFIED, {"", ""}},
      {v1::HOUR_DISPUTE_REASON_DAY, {"it was another day", "fue otro día"}},
      {v1::HOUR_DISPUTE_REASON_MINUTES, {"it was not so long", "no fue ese tiempo"}},
      {v1::HOUR_DISPUTE_REASON_OUTCOME, {"it was another outcome", "fue otro resultado"}},
      {v1::HOUR_DISPUTE_REASON_ABSENT, {"it was not at all", "no hubo tal cosa"}},
      {v1::HOUR_DISPUTE_REASON_OTHER, {"something else", "otra causa"}},
  };
  return Find(kWords, value);
}

}  // namespace puente::cli
