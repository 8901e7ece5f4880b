#!/usr/bin/env python3
"""Writes the bundled data of Labor.

The skills are a code list of Puente's own. The vacancies are a generated sample: nobody offered
them. The output is a function of this file alone; `data/labor/generate.py --check` fails if a file
differs from it.
"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent

# kind: id, Spanish, English
SKILLS = {
    "TRANSVERSAL": [
        ("communication", "Comunicación", "Communication"),
        ("digital-skills", "Habilidades digitales", "Digital skills"),
        ("problem-solving", "Solución de problemas", "Problem solving"),
        ("teamwork", "Trabajo en equipo", "Teamwork"),
    ],
    "LANGUAGE": [
        ("english", "Inglés", "English"),
        ("french", "Francés", "French"),
        ("german", "Alemán", "German"),
        ("portuguese", "Portugués", "Portuguese"),
    ],
    "TECHNICAL": [
        ("accounting", "Contabilidad", "Accounting"),
        ("cnc-machining", "Maquinado CNC", "CNC machining"),
        ("composite-materials", "Materiales compuestos", "Composite materials"),
        ("customer-service", "Atención al cliente", "Customer service"),
        ("data-analysis", "Análisis de datos", "Data analysis"),
        ("electric-vehicle-maintenance", "Mantenimiento de vehículos eléctricos",
         "Electric vehicle maintenance"),
        ("food-safety", "Inocuidad alimentaria (HACCP)", "Food safety (HACCP)"),
        ("footwear-stitching", "Pespunte de calzado", "Footwear stitching"),
        ("industrial-automation", "Automatización industrial", "Industrial automation"),
        ("lean-manufacturing", "Manufactura esbelta", "Lean manufacturing"),
        ("logistics", "Logística", "Logistics"),
        ("pharmaceutical-gmp", "Buenas prácticas de fabricación farmacéutica",
         "Pharmaceutical good manufacturing practice"),
        ("plc-programming", "Programación de PLC", "PLC programming"),
        ("quality-control", "Control de calidad (herramientas básicas)",
         "Quality control (core tools)"),
        ("refrigeration", "Refrigeración", "Refrigeration"),
        ("sewing", "Costura y patronaje", "Sewing and pattern making"),
        ("software-development", "Desarrollo de software", "Software development"),
        ("solar-installation", "Instalación fotovoltaica", "Solar installation"),
        ("welding", "Soldadura", "Welding"),
    ],
    "TOOL": [
        ("computer-aided-design", "Diseño asistido por computadora", "Computer-aided design"),
        ("spreadsheets", "Hojas de cálculo", "Spreadsheets"),
    ],
}

# SCIAN 2023 class, offer, skills, education, monthly wage in MXN, places (state, municipality)
OFFERS = [
    ("336110", "técnico en automatización", ["industrial-automation", "plc-programming"],
     "TECHNICAL_CAREER", 21500, [("11", "Silao"), ("05", "Ramos Arizpe"), ("21", "Puebla")]),
    ("336360", "soldador de estructuras de asientos", ["welding", "quality-control"],
     "UPPER_SECONDARY", 14800, [("11", "Irapuato"), ("05", "Saltillo"), ("08", "Juárez")]),
    ("336390", "técnico en vehículos eléctricos",
     ["electric-vehicle-maintenance", "problem-solving"], "TECHNICAL_PROFESSIONAL", 20400,
     [("11", "León"), ("22", "El Marqués")]),
    ("336410", "laminador de compuestos", ["composite-materials", "quality-control"],
     "TECHNICAL_CAREER", 22900, [("22", "Colón"), ("02", "Mexicali"), ("26", "Hermosillo")]),
    ("336410", "operador CNC de cinco ejes", ["cnc-machining", "english"], "TECHNICAL_CAREER",
     28400, [("22", "Querétaro"), ("02", "Tijuana"), ("26", "Nogales")]),
    ("313111", "operador de hilatura", ["teamwork", "quality-control"], "LOWER_SECONDARY", 10900,
     [("21", "Puebla"), ("13", "Tulancingo")]),
    ("315210", "costurero de prendas", ["sewing"], "LOWER_SECONDARY", 10200,
     [("21", "Tehuacán"), ("13", "Tula de Allende"), ("29", "Tlaxcala")]),
    ("316211", "pespuntador de calzado", ["footwear-stitching"], "LOWER_SECONDARY", 11600,
     [("11", "León"), ("14", "Guadalajara")]),
    ("325412", "analista de calidad farmacéutica", ["pharmaceutical-gmp", "english"], "BACHELOR",
     23800, [("09", "Coyoacán"), ("14", "Zapopan")]),
    ("339111", "técnico de cuarto limpio", ["pharmaceutical-gmp", "teamwork"], "UPPER_SECONDARY",
     17900, [("02", "Tijuana"), ("28", "Reynosa")]),
    ("325110", "operador de planta petroquímica", ["industrial-automation", "communication"],
     "TECHNICAL_PROFESSIONAL", 24700, [("30", "Coatzacoalcos"), ("28", "Altamira")]),
    ("324110", "instrumentista de refinería", ["plc-programming", "data-analysis"],
     "TECHNICAL_CAREER", 25900, [("27", "Paraíso"), ("19", "Cadereyta Jiménez")]),
    ("335220", "técnico en refrigeración", ["refrigeration", "lean-manufacturing"],
     "TECHNICAL_CAREER", 16700, [("19", "Apodaca"), ("05", "")]),
    ("311830", "supervisor de inocuidad", ["food-safety", "teamwork"], "BACHELOR", 19700,
     [("14", "Tonalá"), ("15", "Toluca"), ("26", "")]),
    ("111211", "encargado de empaque agrícola", ["logistics", "food-safety"], "UPPER_SECONDARY",
     13900, [("25", "Culiacán"), ("16", "Uruapan")]),
    ("221110", "instalador fotovoltaico", ["solar-installation", "teamwork"], "UPPER_SECONDARY",
     18600, [("26", "Puerto Peñasco"), ("01", "Aguascalientes"), ("31", "Mérida")]),
    ("512111", "editor de video", ["digital-skills", "communication"], "BACHELOR", 19300,
     [("09", "Cuauhtémoc"), ("14", "Zapopan")]),
    ("541430", "diseñador gráfico", ["computer-aided-design", "communication"], "BACHELOR", 17200,
     [("09", "Benito Juárez"), ("19", "Monterrey")]),
    ("541510", "desarrollador de software", ["software-development", "english"], "BACHELOR", 38500,
     [("14", "Guadalajara"), ("19", "Monterrey"), ("09", "Miguel Hidalgo")]),
    ("518210", "analista de datos", ["data-analysis", "spreadsheets", "english"], "BACHELOR",
     33400, [("09", "Álvaro Obregón"), ("19", "San Pedro Garza García")]),
    ("488519", "coordinador de embarques", ["logistics", "english", "spreadsheets"], "BACHELOR",
     20800, [("28", "Nuevo Laredo"), ("06", "Manzanillo")]),
    ("541211", "auxiliar contable", ["accounting", "spreadsheets"], "BACHELOR", 13600,
     [("09", "Tlalpan"), ("23", "Benito Juárez"), ("20", "Oaxaca de Juárez")]),
    ("561422", "agente de atención a clientes", ["customer-service", "english", "french"],
     "UPPER_SECONDARY", 15900, [("08", "Chihuahua"), ("32", "Zacatecas")]),
    ("336390", "ingeniero de calidad", ["quality-control", "german", "english"], "BACHELOR", 31700,
     [("22", "Querétaro"), ("24", "San Luis Potosí"), ("21", "")]),
]
CONTRACTS = ["INDEFINITE", "INDEFINITE", "FIXED_TERM", "INDEFINITE", "TRIAL", "INDEFINITE",
             "UNSPECIFIED", "INDEFINITE", "SEASONAL"]
SHIFTS = [(480, 5), (540, 5), (480, 6), (570, 6), (600, 5), (480, 5), (0, 0), (720, 6), (480, 7)]
EXPERIENCE = ["6m - 1 año", "1 - 2 años", "", "2 - 3 años"]
LEVELS = ["BASIC", "INTERMEDIATE", "ADVANCED"]
CODES = {"english": "en", "french": "fr", "german": "de"}


def skill(kind, skill_id, es, en):
    return {"skillId": skill_id, "skill": {
        "labelEs": es, "labelEn": en, "kind": f"SKILL_KIND_{kind}", "framework": "puente",
        "source": "puente-code-list", "recordKind": "RECORD_KIND_REAL"}}


def vacancy(n, offer, state, municipality):
    scian, text, skills, education, wage, _ = offer
    contract = CONTRACTS[n % len(CONTRACTS)]
    minutes, days = SHIFTS[n * 2 % len(SHIFTS)]
    record = {
        "offer": text,
        "offerDate": {"year": 2026, "month": 1 + n % 6, "day": 1 + n * 7 % 28},
        "stateCode": state,
        "municipality": municipality,
        "educationLevel": f"EDUCATION_LEVEL_{education}",
        "experience": EXPERIENCE[n % len(EXPERIENCE)],
        "scianClass": scian,
        "scianOrigin": "CODE_ORIGIN_STATED",
        "skills": [f"skills/{each}" for each in skills],
        "postCount": 1 + n % 4,
        "source": "puente-sample",
        "recordKind": "RECORD_KIND_GENERATED",
    }
    if n % 11 != 5:  # some offers say no wage
        amount = wage + n % 5 * 150
        record["monthlyWage"] = {"currencyCode": "MXN", "units": str(amount)}
    if contract != "UNSPECIFIED":
        record["contractKind"] = f"CONTRACT_KIND_{contract}"
    if minutes:
        record.update(minutesADay=minutes, daysAWeek=days)
    languages = [{"languageCode": CODES[each], "level": f"LANGUAGE_LEVEL_{LEVELS[(n + i) % 3]}"}
                 for i, each in enumerate(each for each in skills if each in CODES)]
    if languages:
        record["languages"] = languages
    elif n % 4:  # a quarter don't say, as in real files
        record["languagesNotRequired"] = True
    return {"vacancyId": f"sample-{n + 1:03}",
            "vacancy": {key: value for key, value in record.items() if value != ""}}


# Source, id, how long its offers stay open, since when, what that rests on, whose record it is.
TERMS = [
    ("portal-del-empleo", "portal-del-empleo-2020", "NEVER", (2020, 9, 1),
     "The file holds what the public employment portal showed in August 2020. It does not say when "
     "an offer ended, and none is known to stand since.", "puente-proposal", "REAL"),
    ("puente-sample", "puente-sample", "UNTIL_CLOSED", (2020, 1, 1),
     "Generated: nobody offered these jobs, and they are open until somebody closes them.",
     "puente-sample", "GENERATED"),
]


def term(source, name, openness, since, basis, said_by, kind):
    return {"offerTermId": name, "offerTerm": {
        "vacancySource": source, "openness": f"OFFER_OPENNESS_{openness}",
        "effectiveDate": dict(zip(("year", "month", "day"), since)), "basis": basis,
        "source": said_by, "recordKind": f"RECORD_KIND_{kind}"}}


def files():
    yield "skills.json", {
        "service": "puente.labor.v1.SkillService", "method": "CreateSkill", "as": "agency/labor",
        "about": "Code list of Puente's own: the skills that the bundled data refers to.",
        "requests": [skill(kind, *row) for kind, rows in SKILLS.items() for row in rows]}
    yield "offer-terms.json", {
        "service": "puente.labor.v1.OfferTermService", "method": "CreateOfferTerm",
        "as": "agency/labor",
        "about": "How long offers stay open, of the bundled sample and of the portal's file of 2020 "
                 "(docs/example-files.md), if that is loaded too.",
        "requests": [term(*row) for row in TERMS]}
    places = [(offer, *place) for offer in OFFERS for place in offer[5]]
    yield "vacancies.json", {
        "service": "puente.labor.v1.VacancyService", "method": "CreateVacancy",
        "as": "supplier/muestra",
        "about": "Generated sample by data/labor/generate.py: nobody offered these jobs.",
        "requests": [vacancy(n, *place) for n, place in enumerate(places)]}


def main(check):
    stale = []
    for name, content in files():
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        path = HERE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, encoding="utf-8")
    if check and stale:
        sys.exit(f"data/labor: run data/labor/generate.py; it differs from {', '.join(stale)}")


if __name__ == "__main__":
    main(check="--check" in sys.argv[1:])
