#!/usr/bin/env python3
"""Makes a country to try Puente on, larger than the bundled sample and beside it: schools, campuses,
programs, standards, microcredentials, companies, needs, value chains, sessions, agreements, proposals,
bodies and certifications that refer to one another. Nothing in it exists, and every record says so.

    data/country.py FOLDER --size 100 --seed 1

It writes requests as the bundled data has them, files for the loaders, and steps.json: what is sent in
which order (arguments of `puente`, files relative to the folder). The same size and seed give the same
bytes. `./dev run --sample N` makes one and sends it.
"""

import argparse
import csv
import importlib.util
import json
import pathlib
import random
import uuid

_HERE = pathlib.Path(__file__).parent
_spec = importlib.util.spec_from_file_location("generate", _HERE / "generate.py")
bundled = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(bundled)

MOST_SCHOOLS = 9_999  # their ids and CCT keys have four digits
# For each school so many.
CAMPUSES, PROGRAMS, COMPANIES = 2, 2, 4
OUTCOMES = 3            # of a program
STATEMENTS = 2          # of a company
MOST_SUBMISSIONS = 400  # what one body's scopes can name beside the bundled ones
CHANGE = "ceneval-muestra"  # of the register of bodies

# INEGI code, name, a municipality, and how many of a hundred schools and companies are there.
STATES = [("11", "Guanajuato", "León", 14), ("19", "Nuevo León", "Apodaca", 14),
          ("14", "Jalisco", "Zapopan", 12), ("15", "México", "Toluca", 12),
          ("09", "Ciudad de México", "Iztapalapa", 10), ("22", "Querétaro", "El Marqués", 10),
          ("05", "Coahuila", "Ramos Arizpe", 9), ("21", "Puebla", "Cuautlancingo", 8),
          ("02", "Baja California", "Tijuana", 6), ("26", "Sonora", "Hermosillo", 5)]
STRATA = ["6 a 10 personas", "11 a 30 personas", "31 a 50 personas", "51 a 100 personas",
          "101 a 250 personas", "251 y más personas"]
MODALITIES = ["Escolarizada", "Dual", "Mixta"]
SIGN = "(muestra)"
LOADED = ("--source", bundled.GENERATED["source"], "--record-kind", "generated")


class Country:
    """What there is, each kind made once, from one stream of chance of its own, so that another kind
    changes nothing of this one."""

    def __init__(self, size, seed):
        self.size, self.seed = size, seed
        self.schools = [self._school(number) for number in range(1, size + 1)]
        self.companies = [self._company(number) for number in range(1, COMPANIES * size + 1)]
        self.programs = [(f"programa-{number:05}-muestra", self.schools[number % size])
                         for number in range(1, PROGRAMS * size + 1)]
        self.credentials = [(f"microcredencial-{number:04}-muestra", self._sector("credential", number))
                            for number in range(1, max(2, size // 2) + 1)]
        self.proposals = [(f"propuesta-{number:04}-muestra", *self.credentials[number - 1])
                          for number in range(1, len(self.credentials) // 2 + 1)]

    def chance(self, *what):
        return random.Random(f"{self.seed}/{'/'.join(map(str, what))}")

    def _place(self, *what):
        return self.chance("place", *what).choices(STATES, [share for *_, share in STATES])[0]

    def _sector(self, *what):
        return self.chance("sector", *what).choice(sorted(bundled.DEMAND))

    def _school(self, number):
        return {"id": f"escuela-{number:04}-muestra", "title": f"Escuela {number} {SIGN}",
                "number": number, "place": self._place("school", number)}

    def _company(self, number):
        sector = self._sector("company", number)
        return {"number": number, "name": f"companies/denue-m{number}", "sector": sector,
                "class": self.chance("class", number).choice(bundled.DEMAND[sector][0]),
                "place": self._place("company", number)}

    # Files for the loaders.

    def campus_rows(self):
        yield ("INSTITUCION", "CLAVECCT", "NOMBRECT", "ENTIDAD", "MUNICIPIO")
        for school in self.schools:
            code, _, municipality, _ = school["place"]
            for campus in range(CAMPUSES):
                yield (school["id"], f"{code}XXX{school['number']:04}{chr(65 + campus)}",
                       f"Plantel {campus + 1} de {school['title']}", code, municipality)

    def standard_rows(self):
        yield ("Código", "Título", "Nivel", "Comité", "Sector")
        for number in range(1, max(2, self.size // 2) + 1):
            skill = self.chance("standard", number).choice(skills_of(self._sector("standard", number)))
            yield (f"EC{9000 + number % 1000}.{number // 1000 + 1:02}",
                   f"Estándar {number} de {skill} {SIGN}",
                   self.chance("level", number).randint(1, 5), f"Comité {SIGN}", f"Sector {SIGN}")

    def program_rows(self):
        yield ("PROGRAMA", "VERSION", "INSTITUCION", "TITULO", "TITULO_INGLES", "NIVEL", "MODALIDAD",
               "HORAS", "RESULTADO", "ENUNCIADO", "HABILIDADES", "HORAS_RESULTADO")
        for program, school in self.programs:
            chance = self.chance("program", program)
            taught = chance.sample(skills_of(self._sector("program", program)), OUTCOMES)
            modality = chance.choice(MODALITIES)
            for number, skill in enumerate(taught, 1):
                yield (program, 1, school["id"], f"Programa de {taught[0]} {SIGN}", "", "mnc:5",
                       modality, 600, f"ra-{number}", f"Aplica {skill} {SIGN}.", skill, 200)

    def company_rows(self):
        yield ("id", "clee", "nom_estab", "raz_social", "codigo_act", "nombre_act", "per_ocu",
               "cve_ent", "entidad", "telefono", "correoelec")
        for company in self.companies:
            number, (code, state, *_) = company["number"], company["place"]
            yield (f"m{number}", "", "", f"Empresa {number} {SIGN}", company["class"], "",
                   self.chance("size", number).choice(STRATA), code, state, "", "")

    # Requests.

    def organizations(self):
        return document("education", "OrganizationService", "CreateOrganization", [
            {"organizationId": school["id"], "organization": {
                "legalName": school["title"], "kind": "ORGANIZATION_KIND_TECHNICAL_SCHOOL",
                "control": "ORGANIZATION_CONTROL_PUBLIC", "stateCode": school["place"][0],
                "municipality": school["place"][2], **bundled.GENERATED}} for school in self.schools])

    def seats(self):
        requests = []
        for program, school in self.programs:
            cct = f"{school['place'][0]}xxx{school['number']:04}a"
            requests.append({"updateMask": "seats", "programVersion": {
                "name": f"programs/{program}/versions/1", "seats": [{
                    "period": "2026-2027", "seats": self.chance("seats", program).randint(20, 120),
                    "campus": f"organizations/{school['id']}/campuses/{cct}"}]}})
        return document("education", "ProgramService", "UpdateProgramVersion", requests)

    def published_programs(self):
        return document("education", "ProgramService", "PublishProgramVersion", [
            {"name": f"programs/{program}/versions/1"} for program, _ in self.programs])

    def microcredentials(self):
        causes = {credential: proposal for proposal, credential, _ in self.proposals}
        requests = []
        submitted = {credential for credential, _ in self._submitted()}
        for credential, sector in self.credentials:
            owner = bundled.SUBMITTER if credential in submitted else (
                self.chance("owner", credential).choice(self.schools)["id"])
            skill = self.chance("outcome", credential).choice(skills_of(sector))
            body = {"organization": f"organizations/{owner}",
                    "sectorTable": f"sectorTables/{sector}",
                    "titleEs": f"Microcredencial en {skill} {SIGN}", "countryCode": "MX",
                    "awardingBody": f"Instituto {SIGN}", "issueDate": bundled.date((2026, 9, 1)),
                    "outcomes": [{"statement": f"Aplica {skill} {SIGN}.",
                                  "skills": [f"skills/{skill}"], "hours": 40}],
                    "workloadHours": 60, "assessmentType": "ASSESSMENT_TYPE_PERFORMANCE",
                    "participationForm": "PARTICIPATION_FORM_ON_SITE",
                    "qualityAssurance": f"Proceso interno {SIGN}", **bundled.GENERATED}
            if credential in causes:
                body["causes"] = {"proposals": [f"proposals/{causes[credential]}"]}
            requests.append({"parent": f"microcredentials/{credential}",
                             "microcredentialVersionId": "1", "microcredentialVersion": body})
        return document("education", "MicrocredentialService", "CreateMicrocredentialVersion", requests)

    def published_microcredentials(self):
        return document("education", "MicrocredentialService", "PublishMicrocredentialVersion", [
            {"name": version(credential)} for credential, _ in self.credentials])

    def confirmations(self):
        return document("economy", "CompanyService", "ConfirmCompany", [
            {"name": company["name"], "reason": f"Confirmación {SIGN}"}
            for company in self.companies], actor="officer-1")

    def statements(self):
        requests = []
        for company in self.companies:
            chance = self.chance("statements", company["number"])
            wanted = chance.sample(skills_of(company["sector"]), STATEMENTS)
            for number, skill in enumerate(wanted, 1):
                first, last = chance.choice(bundled.PERIODS)
                requests.append({
                    "parent": company["name"], "demandStatementId": f"muestra-{number}",
                    "demandStatement": {
                        "skill": f"skills/{skill}", "heads": chance.randint(2, 40),
                        "startDate": bundled.date(first), "endDate": bundled.date(last),
                        "stateCode": company["place"][0], "scianClass": company["class"],
                        **bundled.GENERATED}})
        return document("economy", "DemandService", "CreateDemandStatement", requests)

    def release(self):
        # An id of its own: without one it would be the call of the bundled sample, repeated.
        own = self.chance("release").randbytes(16)
        return document("economy", "DemandService", "ReleaseDemand", [
            {"requestId": str(uuid.UUID(bytes=own, version=4))}])

    def value_chains(self):
        stages = [("insumos", "Insumos", ["3252", "3251"]), ("partes", "Partes", ["3363"]),
                  ("armado", "Armado", ["3361"]), ("programas", "Programas", ["5415", "5182"])]
        links = [("insumos", "partes"), ("partes", "armado"), ("programas", "armado")]
        return document("economy", "ValueChainService", "CreateValueChain", [{
            "valueChainId": "vehiculos-muestra", "valueChain": {
                "labelEs": f"Vehículos {SIGN}", "labelEn": "Vehicles (sample)",
                "stages": [{"stage": stage, "titleEs": title, "scianPrefixes": prefixes}
                           for stage, title, prefixes in stages],
                "links": [{"fromStage": one, "toStage": other} for one, other in links],
                **bundled.GENERATED}}])

    def sessions(self):
        return document("economy", "TableSessionService", "CreateTableSession", [
            {"parent": f"sectorTables/{sector}", "tableSessionId": "pais-muestra", "tableSession": {
                "titleEs": f"Qué falta {SIGN}", "sessionDate": bundled.date((2026, 10, 6)),
                "place": f"Sede {SIGN}", "participants": ["chamber/muestra", "agency/education"],
                **bundled.GENERATED}} for sector in self._proposing()])

    def held_sessions(self):
        return document("economy", "TableSessionService", "HoldTableSession", [
            {"name": session(sector), "minutes": f"Acta {SIGN}: nadie se reunió."}
            for sector in self._proposing()])

    def agreements(self):
        return document("economy", "AgreementService", "CreateAgreement", [
            {"agreementId": f"{sector}-pais-muestra", "agreement": {
                "session": session(sector), "textEs": f"Definir microcredenciales {SIGN}.",
                "owner": "agency/education", "dueDate": bundled.date((2027, 3, 31)),
                **bundled.GENERATED}} for sector in self._proposing()])

    def _proposing(self):
        return sorted({sector for *_, sector in self.proposals})

    def stated_proposals(self):
        requests = []
        for proposal, _, sector in self.proposals:
            company = self.chance("proposal", proposal).choice(self.companies)
            requests.append({"proposalId": proposal, "proposal": {
                "author": "agency/economy", "kind": "PROPOSAL_KIND_NEW_MICROCREDENTIAL",
                "titleEs": f"Una microcredencial {SIGN}", "text": f"Texto {SIGN}.",
                "skills": [f"skills/{skills_of(sector)[0]}"], "sectorTable": f"sectorTables/{sector}",
                "session": session(sector), "agreements": [f"agreements/{sector}-pais-muestra"],
                "statements": [f"{company['name']}/demandStatements/muestra-1"],
                **bundled.GENERATED}})
        return document("economy", "ProposalService", "CreateProposal", requests)

    def reviewed_proposals(self):
        return self._of_proposals("ReviewProposal", self.proposals)

    def adopted_proposals(self):
        return self._of_proposals("AdoptProposal", self._adopted(), actor="officer-1")

    def _adopted(self):
        return self.proposals[:(len(self.proposals) * 2 + 2) // 3]  # the others are under review

    @staticmethod
    def _of_proposals(verb, proposals, **more):
        return document("economy", "ProposalService", verb, [
            {"name": f"proposals/{proposal}"} for proposal, *_ in proposals], **more)

    def implementations(self):
        return document("gateway", "ActService", "ImplementProposal", [
            {"proposal": f"proposals/{proposal}", "versions": [version(credential)]}
            for proposal, credential, _ in self._adopted()], caller="economy", actor="officer-1")

    def certifiers(self):
        scopes = [{"microcredential": f"microcredentials/{credential}", "laterVersions": True,
                   "startDate": bundled.date((2026, 1, 1))}
                  for credential in [*(name for name, *_ in bundled.CREDENTIALS),
                                     *(credential for credential, _ in self._submitted())]]
        es, en = next((es, en) for name, es, en in bundled.CERTIFIERS if name == "ceneval")
        return document("gateway", "CertifierChangeService", "CreateCertifierChange", [
            {"certifierChangeId": CHANGE, "certifierChange": {
                "body": "certifier/ceneval", "kind": "CERTIFIER_CHANGE_KIND_AMEND", "labelEs": es,
                "labelEn": en, "contact": "https://example.invalid (muestra)", "scopes": scopes,
                **bundled.GENERATED}}], caller="education", actor="registrar-1")

    def certifiers_confirmed(self):
        return document("gateway", "CertifierChangeService", "ConfirmCertifierChange",
                        [{"name": f"certifierChanges/{CHANGE}"}], caller="education",
                        actor="registrar-2")

    def _submitted(self):
        return self.credentials[:MOST_SUBMISSIONS:2]

    def submissions(self):
        return document("gateway", "SubmissionService", "CreateSubmission", [
            {"parent": "certifiers/ceneval", "submissionId": credential, "submission": {
                "organization": f"organizations/{bundled.SUBMITTER}",
                "microcredentialVersion": version(credential),
                "note": f"Solicitud {SIGN}."}}
            for credential, _ in self._submitted()], caller=f"organization/{bundled.SUBMITTER}")

    def _decided(self):
        return self._submitted()[::2]  # the others wait in the queue

    def certified(self):
        """The versions that are certified once all of it is sent."""
        return [version(credential) for credential, _ in self._decided()]

    def assignments(self):
        return document("gateway", "SubmissionService", "AssignSubmission", [
            {"name": f"certifiers/ceneval/submissions/{credential}", "reviewer": "reviewer-1"}
            for credential, _ in self._decided()], caller="certifier/ceneval", actor="reviewer-1")

    def dossiers(self):
        return document("gateway", "DossierService", "OpenDossier", [
            {"dossierId": credential, "submission": f"certifiers/ceneval/submissions/{credential}"}
            for credential, _ in self._decided()], caller="certifier/ceneval", actor="reviewer-1")

    def decisions(self):
        return document("gateway", "DecisionService", "CreateDecision", [
            {"parent": "certifiers/ceneval", "decisionId": credential, "decision": {
                "submission": f"certifiers/ceneval/submissions/{credential}",
                "kind": "DECISION_KIND_CERTIFY", "dossier": f"dossiers/{credential}",
                "endDate": bundled.date((2031, 8, 31)), "conditions": f"Ninguna {SIGN}."}}
            for credential, _ in self._decided()], caller="certifier/ceneval", actor="reviewer-1")


def document(server, service, verb, requests, caller="", actor=""):
    return bundled.document(f"puente.{server}.v1.{service}", verb, caller or server,
                            f"Generated by data/country.py: nothing of this exists ({verb}).",
                            requests, actor=actor)


def version(credential):
    return f"microcredentials/{credential}/versions/1"


def session(sector):
    return f"sectorTables/{sector}/sessions/pais-muestra"


def skills_of(sector):
    """The skills that a sector needs: its own, and those that all need."""
    return [*bundled.DEMAND[sector][1], *(skill for skill, _ in bundled.SHARED)]


# In the order in which they are sent: what a folder holds, or a file for a loader.
FOLDERS = {
    "1-schools": {"education/1-organizations": Country.organizations},
    "2-work": {
        "education/1-seats": Country.seats,
        "education/2-programs-publish": Country.published_programs,
        "education/3-microcredentials": Country.microcredentials,
        "education/4-microcredentials-publish": Country.published_microcredentials,
        "economy/1-companies-confirm": Country.confirmations,
        "economy/2-demand-statements": Country.statements,
        "economy/3-value-chains": Country.value_chains,
        "economy/4-sessions": Country.sessions,
        "economy/5-sessions-hold": Country.held_sessions,
        "economy/6-agreements": Country.agreements,
        "economy/7-proposals": Country.stated_proposals,
        "economy/8-proposals-review": Country.reviewed_proposals,
        "economy/9-proposals-adopt": Country.adopted_proposals,
        "economy/z-release-demand": Country.release,
        "gateway/0-certifiers": Country.certifiers,
        "gateway/1-certifiers-confirm": Country.certifiers_confirmed,
        "gateway/2-implementations": Country.implementations,
        "gateway/3-submissions": Country.submissions,
        "gateway/4-submissions-assign": Country.assignments,
        "gateway/5-dossiers": Country.dossiers,
        "gateway/6-decisions": Country.decisions,
    },
}
FILES = {
    "planteles.csv": ("education", "planteles-con-institucion", Country.campus_rows),
    "estandares.csv": ("education", "conocer-renec", Country.standard_rows),
    "programas.csv": ("education", "programas-con-resultados", Country.program_rows),
    "empresas.csv": ("economy", "inegi-denue", Country.company_rows),
}


def steps():
    """Arguments of `puente`, in order."""
    schools, work = FOLDERS
    return [["load-data", schools],
            *(["load", agency, file, "--profile", profile, *LOADED]
              for file, (agency, profile, _) in FILES.items()),
            ["load-data", work]]


def write(folder, size, seed):
    """Writes the country, and returns its steps with paths that exist."""
    country = Country(size, seed)
    for step, files in FOLDERS.items():
        for name, make in files.items():
            made = make(country)
            if made["requests"]:
                _write(folder / step / f"{name}.json",
                       json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    for name, (_, _, rows) in FILES.items():
        with open(folder / name, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows(country))
    _write(folder / "steps.json", json.dumps(steps(), indent=1) + "\n")
    made_here = {*FOLDERS, *FILES}
    return [[str(folder / part) if part in made_here else part for part in step] for step in steps()]


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def size_of(text):
    size = int(text) if text.isdecimal() else 0
    if not 1 <= size <= MOST_SCHOOLS:
        raise argparse.ArgumentTypeError(f"{text} is no size: give a number of schools from 1 to {MOST_SCHOOLS}")
    return size


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--size", type=size_of, default=100, help="schools; all else in proportion")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.folder, options.size, options.seed)


if __name__ == "__main__":
    main()
