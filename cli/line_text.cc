#include "cli/line_text.h"

#include "cli/words.h"

namespace puente::cli {

const Label& LabelOf(economy::v1::AgreementState value) {
  static constexpr Word kWords[] = {
      {economy::v1::AGREEMENT_STATE_OPEN, {"open", "abierto"}},
      {economy::v1::AGREEMENT_STATE_IN_PROGRESS, {"in progress", "en curso"}},
      {economy::v1::AGREEMENT_STATE_OVERDUE, {"overdue", "vencido"}},
      {economy::v1::AGREEMENT_STATE_DONE, {"done", "cumplido"}},
      {economy::v1::AGREEMENT_STATE_DROPPED, {"dropped", "abandonado"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(economy::v1::ProposalState value) {
  static constexpr Word kWords[] = {
      {economy::v1::PROPOSAL_STATE_SUBMITTED, {"submitted", "presentada"}},
      {economy::v1::PROPOSAL_STATE_IN_REVIEW, {"in review", "en revisión"}},
      {economy::v1::PROPOSAL_STATE_ADOPTED, {"adopted", "adoptada"}},
      {economy::v1::PROPOSAL_STATE_DECLINED, {"declined", "rechazada"}},
      {economy::v1::PROPOSAL_STATE_IMPLEMENTED, {"implemented", "cumplida"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(economy::v1::DemandState value) {
  static constexpr Word kWords[] = {
      {economy::v1::DEMAND_STATE_CURRENT, {"current", "vigente"}},
      {economy::v1::DEMAND_STATE_SUPERSEDED, {"superseded", "sustituida"}},
      {economy::v1::DEMAND_STATE_WITHDRAWN, {"withdrawn", "retirada"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(economy::v1::ConsentState value) {
  static constexpr Word kWords[] = {
      {economy::v1::CONSENT_STATE_ACTIVE, {"active", "activo"}},
      {economy::v1::CONSENT_STATE_WITHDRAWN, {"withdrawn", "retirado"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(economy::v1::ConsentAct value) {
  static constexpr Word kWords[] = {
      {economy::v1::CONSENT_ACT_STATE_DEMAND, {"state demand", "declarar demanda"}},
      {economy::v1::CONSENT_ACT_READ_DEMAND, {"read demand", "leer demanda"}},
      {economy::v1::CONSENT_ACT_PROPOSE, {"propose", "proponer"}},
      {economy::v1::CONSENT_ACT_OFFER_PLACES, {"offer places", "ofrecer plazas"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(economy::v1::TrainingPlaceState value) {
  static constexpr Word kWords[] = {
      {economy::v1::TRAINING_PLACE_STATE_OPEN, {"open", "abierta"}},
      {economy::v1::TRAINING_PLACE_STATE_PAUSED, {"paused", "en pausa"}},
      {economy::v1::TRAINING_PLACE_STATE_CLOSED, {"closed", "cerrada"}},
      {economy::v1::TRAINING_PLACE_STATE_JOINED, {"joined", "unida"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(economy::v1::Nearness value) {
  static constexpr Word kWords[] = {
      {economy::v1::NEARNESS_SAME_MUNICIPALITY, {"same town", "mismo municipio"}},
      {economy::v1::NEARNESS_SAME_STATE, {"same state", "mismo estado"}},
      {economy::v1::NEARNESS_OTHER_STATE, {"other state", "otro estado"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(economy::v1::PlaceMiss value) {
  static constexpr Word kWords[] = {
      {economy::v1::PLACE_MISS_NOT_OPEN, {"it is not open", "no está abierta"}},
      {economy::v1::PLACE_MISS_BEGINS_LATER,
       {"it begins after the stay does", "comienza después de la estancia"}},
      {economy::v1::PLACE_MISS_ENDS_BEFORE,
       {"it ends before the stay does", "termina antes que la estancia"}},
      {economy::v1::PLACE_MISS_SEATS_TAKEN, {"fewer seats are free", "hay menos lugares libres"}},
      {economy::v1::PLACE_MISS_MORE_HOURS,
       {"it asks for more hours a week", "pide más horas por semana"}},
      {economy::v1::PLACE_MISS_JOINED, {"it repeats another", "repite otra"}},
      {economy::v1::PLACE_MISS_NO_SKILL,
       {"none of the skills is learned there", "no se aprende ninguna de las habilidades"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(economy::v1::PlaceReservationState value) {
  static constexpr Word kWords[] = {
      {economy::v1::PLACE_RESERVATION_STATE_HELD, {"held", "apartada"}},
      {economy::v1::PLACE_RESERVATION_STATE_CONFIRMED, {"confirmed", "confirmada"}},
      {economy::v1::PLACE_RESERVATION_STATE_STARTED, {"started", "iniciada"}},
      {economy::v1::PLACE_RESERVATION_STATE_COMPLETED, {"completed", "concluida"}},
      {economy::v1::PLACE_RESERVATION_STATE_RELEASED, {"released", "liberada"}},
      {economy::v1::PLACE_RESERVATION_STATE_NO_SHOW, {"no show", "no llegó"}},
      {economy::v1::PLACE_RESERVATION_STATE_BROKEN_OFF, {"broken off", "interrumpida"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(education::v1::LearnerState value) {
  static constexpr Word kWords[] = {
      {education::v1::LEARNER_STATE_CURRENT, {"current", "vigente"}},
      {education::v1::LEARNER_STATE_DUPLICATE, {"duplicate", "duplicado"}},
      {education::v1::LEARNER_STATE_DESTROYED, {"destroyed", "destruido"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(education::v1::AwardState value) {
  static constexpr Word kWords[] = {
      {education::v1::AWARD_STATE_ISSUED, {"issued", "vigente"}},
      {education::v1::AWARD_STATE_SUSPENDED, {"suspended", "suspendido"}},
      {education::v1::AWARD_STATE_REVOKED, {"revoked", "revocado"}},
      {education::v1::AWARD_STATE_REPLACED, {"replaced", "reemplazado"}},
      {education::v1::AWARD_STATE_EXPIRED, {"expired", "vencido"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(gateway::v1::SubmissionState value) {
  static constexpr Word kWords[] = {
      {gateway::v1::SUBMISSION_STATE_SUBMITTED, {"submitted", "presentada"}},
      {gateway::v1::SUBMISSION_STATE_IN_REVIEW, {"in review", "en revisión"}},
      {gateway::v1::SUBMISSION_STATE_CERTIFYING, {"certifying", "certificándose"}},
      {gateway::v1::SUBMISSION_STATE_CERTIFIED, {"certified", "certificada"}},
      {gateway::v1::SUBMISSION_STATE_RETURNED, {"returned", "devuelta"}},
      {gateway::v1::SUBMISSION_STATE_REJECTED, {"rejected", "rechazada"}},
      {gateway::v1::SUBMISSION_STATE_WITHDRAWN, {"withdrawn", "retirada"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(gateway::v1::DecisionState value) {
  static constexpr Word kWords[] = {
      {gateway::v1::DECISION_STATE_RECORDING, {"being recorded", "registrándose"}},
      {gateway::v1::DECISION_STATE_IN_FORCE, {"in force", "vigente"}},
      {gateway::v1::DECISION_STATE_NOT_RECORDED, {"not recorded", "no registrada"}},
      {gateway::v1::DECISION_STATE_UNDER_APPEAL, {"under appeal", "impugnada"}},
      {gateway::v1::DECISION_STATE_UPHELD, {"upheld", "confirmada"}},
      {gateway::v1::DECISION_STATE_REPLACED, {"replaced", "sustituida"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(gateway::v1::DecisionKind value) {
  static constexpr Word kWords[] = {
      {gateway::v1::DECISION_KIND_CERTIFY, {"certify", "certificar"}},
      {gateway::v1::DECISION_KIND_RETURN, {"return", "devolver"}},
      {gateway::v1::DECISION_KIND_REJECT, {"reject", "rechazar"}},
      {gateway::v1::DECISION_KIND_SUSPEND, {"suspend", "suspender"}},
      {gateway::v1::DECISION_KIND_RESUME, {"resume", "reanudar"}},
      {gateway::v1::DECISION_KIND_RENEW, {"renew", "renovar"}},
      {gateway::v1::DECISION_KIND_WITHDRAW, {"withdraw", "retirar"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(gateway::v1::FindingState value) {
  static constexpr Word kWords[] = {
      {gateway::v1::FINDING_STATE_OPEN, {"open", "abierto"}},
      {gateway::v1::FINDING_STATE_ANSWERED, {"answered", "respondido"}},
      {gateway::v1::FINDING_STATE_CLOSED, {"closed", "cerrado"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(gateway::v1::FindingKind value) {
  static constexpr Word kWords[] = {
      {gateway::v1::FINDING_KIND_REQUIRED, {"required", "obligatorio"}},
      {gateway::v1::FINDING_KIND_ADVICE, {"advice", "sugerencia"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(gateway::v1::AgendaKind value) {
  static constexpr Word kWords[] = {
      {gateway::v1::AGENDA_KIND_PROPOSAL, {"review proposal", "revisar propuesta"}},
      {gateway::v1::AGENDA_KIND_AGREEMENT, {"do as agreed", "cumplir acuerdo"}},
      {gateway::v1::AGENDA_KIND_SCHOOL_CALL, {"answer call", "responder convocatoria"}},
      {gateway::v1::AGENDA_KIND_VERSION, {"review version", "revisar versión"}},
      {gateway::v1::AGENDA_KIND_SUBMISSION, {"decide", "decidir"}},
      {gateway::v1::AGENDA_KIND_APPEAL, {"answer appeal", "responder impugnación"}},
      {gateway::v1::AGENDA_KIND_FINDING, {"answer finding", "responder hallazgo"}},
      {gateway::v1::AGENDA_KIND_DECISION, {"take notice", "darse por enterado"}},
      {gateway::v1::AGENDA_KIND_CERTIFIER_CHANGE, {"confirm change", "confirmar cambio"}},
      {gateway::v1::AGENDA_KIND_CERTIFICATION, {"have renewed", "pedir renovación"}},
      {gateway::v1::AGENDA_KIND_ASSESSMENT, {"say result", "dar resultado"}},
      {gateway::v1::AGENDA_KIND_AWARD, {"award ends", "termina otorgamiento"}},
      {gateway::v1::AGENDA_KIND_LOAD, {"mend file", "corregir archivo"}},
      {gateway::v1::AGENDA_KIND_PLACE_RESERVATION, {"confirm seat", "confirmar lugar"}},
      {gateway::v1::AGENDA_KIND_DUAL_AGREEMENT, {"answer dual", "responder dual"}},
      {gateway::v1::AGENDA_KIND_DUAL_PLAN, {"see to plan", "atender plan"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(gateway::v1::CertifierChangeKind value) {
  static constexpr Word kWords[] = {
      {gateway::v1::CERTIFIER_CHANGE_KIND_ENTER, {"enter", "ingreso"}},
      {gateway::v1::CERTIFIER_CHANGE_KIND_AMEND, {"amend", "reforma"}},
      {gateway::v1::CERTIFIER_CHANGE_KIND_LEAVE, {"leave", "salida"}},
  };
  return Find(kWords, value);
}

const Label& LabelOf(gateway::v1::CertifierChangeState value) {
  static constexpr Word kWords[] = {
      {gateway::v1::CERTIFIER_CHANGE_STATE_PROPOSED, {"proposed", "propuesto"}},
      {gateway::v1::CERTIFIER_CHANGE_STATE_CONFIRMED, {"confirmed", "confirmado"}},
      {gateway::v1::CERTIFIER_CHANGE_STATE_DECLINED, {"declined", "rechazado"}},
      {gateway::v1::CERTIFIER_CHANGE_STATE_WITHDRAWN, {"withdrawn", "retirado"}},
      {gateway::v1::CERTIFIER_CHANGE_STATE_NOT_RECORDED, {"not recorded", "no registrado"}},
  };
  return Find(kWords, value);
}

}  // namespace puente::cli
