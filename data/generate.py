#!/usr/bin/env python3
"""Writes the bundled data of Economy, Education and Science, and which kind of records counts.

The sector tables are facts (eleven tables are named publicly) with SCIAN prefixes that are Puente's
own proposal. Everything else is a generated sample: no company, course or forecast in it exists.
The output is a function of this file alone; `data/generate.py --check` fails if a file differs.
"""

import functools
import json
import pathlib
import sys
import uuid

HERE = pathlib.Path(__file__).parent
GENERATED = {"source": "puente-sample", "recordKind": "RECORD_KIND_GENERATED"}

# What each agency makes figures of: in an id, and as resource names have it.
COUNTED = {"labor": [("vacancies", "vacancies")],
           "economy": [("demand-statements", "demandStatements"), ("training-places", "trainingPlaces")],
           "education": [("microcredential-versions", "microcredentialVersions"),
                         ("program-versions", "programVersions"),
                        ("awards", "awards")],
           "science": [("skill-signals", "skillSignals")]}

# id, Spanish, English, SCIAN 2023 prefixes. Tables overlap on purpose: pharmaceuticals, soap and
# refining are chemistry too.
TABLES = [
    ("aerospace", "Aeroespacial", "Aerospace", ["3364"]),
    ("agroindustrial", "Agroindustrial", "Agroindustrial", ["111", "112", "115", "311", "312"]),
    ("automotive", "Automotriz", "Automotive", ["3361", "3362", "3363"]),
    ("chemical-petrochemical", "Química y petroquímica", "Chemical and petrochemical",
     ["324", "325"]),
    ("consumer-goods", "Bienes de consumo", "Consumer goods", ["3256", "3352", "3371", "3399"]),
    ("creative-industries", "Industrias creativas", "Creative industries",
     ["512", "5414", "5418", "711"]),
    ("energy", "Energía", "Energy", ["211", "2211", "2222", "3241"]),
    ("footwear", "Calzado", "Footwear", ["3161", "3162"]),
    ("information-technology", "Tecnologías de la información", "Information technology",
     ["3341", "3344", "518", "5415"]),
    ("pharmaceutical-medical", "Farmacéutica y dispositivos médicos",
     "Pharmaceutical and medical devices", ["3254", "3391"]),
    ("textile", "Textil", "Textile", ["313", "314", "315"]),
]

# Sector: SCIAN classes, skills beside the shared ones, and by state the companies with their heads
# for (shared skill, first skill, second skill).
DEMAND = {
    "automotive": (["336110", "336360", "336390"], ["industrial-automation", "welding"], {
        "11": [("acme", 60, 80, 45), ("bajio-autopartes", 50, 70, 40), ("motores-leon", 45, 65, 50),
               ("estampados-silao", 30, 40, 35)],
        "05": [("acme", 40, 55, 50), ("arneses-saltillo", 35, 45, 40), ("ejes-ramos", 30, 40, 45)],
        # One company has over 80 % of the heads here: suppressed.
        "21": [("armadora-cuautla", 900, 700, 600), ("arneses-saltillo", 10, 12, 8),
               ("motores-leon", 9, 11, 7)],
    }),
    "aerospace": (["336410"], ["composite-materials", "cnc-machining"], {
        "22": [("alas-queretaro", 40, 60, 50), ("turbinas-centro", 35, 45, 40),
               ("fuselajes-bajio", 30, 50, 35)],
        "02": [("alas-queretaro", 25, 35, 30), ("aviones-mexicali", 30, 40, 35),
               ("compuestos-tijuana", 20, 30, 28)],
        # Two companies only: suppressed.
        "26": [("turbinas-centro", 12, 18, 15), ("aviones-mexicali", 10, 14, 12)],
    }),
    "footwear": (["316211", "316110"], ["footwear-stitching", "quality-control"], {
        "11": [("calzado-leon", 30, 80, 25), ("suelas-guanajuato", 25, 60, 30),
               ("pieles-bajio", 20, 50, 20)],
        "14": [("calzado-tapatio", 25, 45, 22), ("suelas-guanajuato", 20, 35, 18),
               ("botas-altos", 18, 40, 20)],
    }),
    "textile": (["315210", "313111"], ["sewing", "quality-control"], {
        "21": [("hilados-puebla", 25, 60, 25), ("mezclilla-tehuacan", 30, 70, 20),
               ("telas-atlixco", 20, 50, 22)],
        "13": [("mezclilla-tehuacan", 18, 40, 15), ("tejidos-hidalgo", 20, 45, 18),
               ("confecciones-tula", 16, 38, 14)],
    }),
    "pharmaceutical-medical": (["325412", "339111"], ["pharmaceutical-gmp", "quality-control"], {
        "09": [("farma-anahuac", 35, 45, 40), ("genericos-valle", 30, 40, 35),
               ("vacunas-centro", 28, 38, 30)],
        "02": [("cateteres-tijuana", 40, 50, 45), ("protesis-frontera", 30, 42, 36),
               ("vacunas-centro", 25, 35, 28)],
    }),
    "chemical-petrochemical": (["325110", "325211"], ["data-analysis", "industrial-automation"], {
        "30": [("resinas-golfo", 25, 30, 40), ("fertilizantes-istmo", 22, 28, 35),
               ("petroquimica-coatza", 28, 32, 42)],
        "19": [("resinas-golfo", 20, 24, 30), ("pinturas-regias", 22, 26, 28),
               ("polimeros-norte", 18, 22, 26)],
    }),
    "consumer-goods": (["335220", "325610"], ["lean-manufacturing", "refrigeration"], {
        "19": [("enseres-monterrey", 40, 45, 35), ("jabones-norte", 30, 35, 25),
               ("muebles-regios", 25, 30, 22)],
        "15": [("jabones-norte", 28, 32, 20), ("juguetes-toluca", 24, 28, 18),
               ("enseres-monterrey", 30, 34, 26)],
    }),
    "agroindustrial": (["311830", "311421"], ["food-safety", "logistics"], {
        "14": [("conservas-jalisco", 25, 45, 30), ("harinas-occidente", 22, 40, 28),
               ("tequila-altos", 20, 35, 24)],
        "25": [("hortalizas-culiacan", 30, 60, 45), ("conservas-jalisco", 20, 40, 26),
               ("empaques-sinaloa", 24, 48, 36)],
    }),
    "energy": (["221110", "324110"], ["solar-installation", "plc-programming"], {
        "26": [("solar-sonora", 20, 60, 25), ("red-noroeste", 18, 45, 22),
               ("desierto-fotovoltaico", 16, 50, 20)],
        "30": [("refinados-golfo", 22, 25, 40), ("solar-sonora", 15, 30, 20),
               ("vapor-veracruz", 18, 28, 30)],
    }),
    "creative-industries": (["512111", "541430"], ["software-development", "communication"], {
        "09": [("cine-chapultepec", 25, 20, 22), ("animacion-roma", 22, 35, 18),
               ("diseno-coyoacan", 18, 24, 20)],
        "14": [("animacion-roma", 20, 30, 16), ("audio-tapatio", 16, 20, 15),
               ("videojuegos-zapopan", 24, 45, 18)],
    }),
    "information-technology": (["541510", "518210"], ["software-development", "data-analysis"], {
        "14": [("videojuegos-zapopan", 30, 60, 25), ("nube-guadalajara", 50, 120, 70),
               ("chips-jalisco", 40, 80, 60)],
        "19": [("nube-guadalajara", 35, 70, 45), ("datos-regios", 40, 75, 60),
               ("software-cumbres", 30, 65, 40)],
        "09": [("datos-regios", 28, 50, 40), ("software-cumbres", 26, 55, 30),
               ("fintech-reforma", 45, 90, 65)],
    }),
}
# Small companies beside them, so that there are enough for figures to be told: in each state of a
# sector so many, with their heads for the same three skills. Not where the sample shows what is
# suppressed.
SMALL_COMPANIES = 8
SUPPRESSED = {("automotive", "21"), ("aerospace", "26")}


def add_small_companies():
    for sector, (_, _, states) in DEMAND.items():
        for state, companies in states.items():
            if (sector, state) in SUPPRESSED:
                continue
            for number in range(1, SMALL_COMPANIES + 1):
                heads = [4 + (7 * number + 3 * skill + int(state)) % 17 for skill in range(3)]
                companies.append((f"taller-{sector}-{state}-{number}", *heads))


add_small_companies()
SHARED = [("english", "cefr:B1"), ("digital-skills", ""), ("teamwork", ""), ("communication", "")]
AGAIN = 15  # heads more, where the first need is stated anew
# Most heads that companies of a size state without confirmation, the smallest first.
SIZES = [("MICRO", 30), ("SMALL", 150), ("MEDIUM", 750), ("LARGE", 25000)]
PERIODS = [((2026, 7, 1), (2028, 12, 31)), ((2027, 1, 1), (2029, 6, 30))]

CREDENTIALS = [
    ("welding-tig", "Soldadura TIG de acero inoxidable", "TIG welding of stainless steel",
     "conocer:2", "PERFORMANCE", "WORK_BASED",
     [("Suelda a tope lámina de acero inoxidable en posición plana y horizontal.", ["welding"], 60),
      ("Inspecciona cordones por visión y líquidos penetrantes.", ["quality-control"], 20)], 90),
    ("industrial-automation-basics", "Fundamentos de automatización industrial",
     "Basics of industrial automation", "mnc:4", "PROJECT", "BLENDED",
     [("Programa secuencias de un controlador lógico con sensores y actuadores.",
       ["plc-programming", "industrial-automation"], 50),
      ("Diagnostica fallas de una celda automatizada con método.",
       ["industrial-automation", "problem-solving"], 30)], 100),
    ("english-for-manufacturing", "Inglés para la manufactura", "English for manufacturing",
     "cefr:B1", "EXAMINATION", "BLENDED",
     [("Sigue instrucciones de trabajo y de seguridad en inglés.", ["english"], 60),
      ("Informa avances y fallas en inglés a un equipo.",
       ["english", "communication", "teamwork"], 40)], 120),
    ("quality-control-metrology", "Control de calidad y metrología",
     "Quality control and metrology", "mnc:4", "PERFORMANCE", "ON_SITE",
     [("Mide piezas con instrumentos calibrados y registra los resultados.",
       ["quality-control"], 40),
      ("Interpreta gráficas de control y propone ajustes.",
       ["quality-control", "data-analysis"], 30)], 80),
    ("cnc-operator", "Operación de centros de maquinado CNC", "CNC machining centre operation",
     "conocer:3", "PERFORMANCE", "WORK_BASED",
     [("Prepara y opera un centro de maquinado de tres ejes.", ["cnc-machining"], 80),
      ("Verifica piezas maquinadas contra el plano.", ["quality-control"], 20)], 110),
    ("digital-skills-core", "Habilidades digitales para el trabajo", "Digital skills for work",
     "", "PORTFOLIO", "ONLINE",
     [("Organiza y comparte información de trabajo de forma segura.", ["digital-skills"], 20),
      ("Analiza datos de producción en hojas de cálculo.",
       ["digital-skills", "data-analysis"], 20)], 45),
    ("solar-pv-installer", "Instalación de sistemas fotovoltaicos", "Solar PV installation",
     "conocer:3", "PERFORMANCE", "ON_SITE",
     [("Instala módulos, inversores y protecciones conforme al plano.",
       ["solar-installation"], 60),
      ("Trabaja en altura en equipo y con seguridad.", ["teamwork", "solar-installation"], 20)],
     90),
    ("electric-vehicle-maintenance", "Mantenimiento de vehículos eléctricos",
     "Electric vehicle maintenance", "mnc:4", "PROJECT", "WORK_BASED",
     [("Aísla y diagnostica sistemas de alta tensión de un vehículo.",
       ["electric-vehicle-maintenance"], 70),
      ("Documenta una falla y su solución.",
       ["electric-vehicle-maintenance", "problem-solving"], 20)], 100),
    ("footwear-stitching-basics", "Pespunte de calzado", "Footwear stitching",
     "conocer:2", "PERFORMANCE", "ON_SITE",
     [("Pespunta cortes de calzado en máquina plana y de poste.", ["footwear-stitching"], 50)],
     60),
]
DRAFTS = {"footwear-stitching-basics"}  # one stays a draft
# Whose each is; the others are of the organization that submits.
OWNERS = {"quality-control-metrology": "instituto-industrial-muestra",
          "cnc-operator": "cecati-norte-muestra",
          "solar-pv-installer": "cecati-norte-muestra",
          "electric-vehicle-maintenance": "instituto-industrial-muestra"}

TECHNOLOGIES = [
    ("additive-manufacturing", "Manufactura aditiva de metales", "Metal additive manufacturing", 8),
    ("collaborative-robots", "Robots colaborativos", "Collaborative robots", 9),
    ("electric-powertrain", "Tren motriz eléctrico", "Electric powertrain", 9),
    ("green-hydrogen", "Hidrógeno verde", "Green hydrogen", 7),
    ("industrial-digital-twins", "Gemelos digitales industriales", "Industrial digital twins", 7),
    ("machine-learning-inspection", "Inspección por aprendizaje automático",
     "Machine-learning inspection", 8),
    ("thermoplastic-composites", "Compuestos termoplásticos", "Thermoplastic composites", 6),
    ("utility-scale-storage", "Almacenamiento de energía a gran escala",
     "Utility-scale energy storage", 8),
]

# technology, skill, sector, horizon (year, month, day), confidence
SIGNALS = [
    ("additive-manufacturing", "cnc-machining", "aerospace", (2028, 6, 30), 65),
    ("additive-manufacturing", "quality-control", "pharmaceutical-medical", (2029, 12, 31), 50),
    ("collaborative-robots", "industrial-automation", "automotive", (2027, 6, 30), 85),
    ("collaborative-robots", "plc-programming", "consumer-goods", (2027, 12, 31), 75),
    ("collaborative-robots", "industrial-automation", "agroindustrial", (2029, 6, 30), 55),
    ("collaborative-robots", "footwear-stitching", "footwear", (2030, 12, 31), 40),
    ("collaborative-robots", "sewing", "textile", (2031, 12, 31), 35),
    ("electric-powertrain", "electric-vehicle-maintenance", "automotive", (2027, 3, 31), 90),
    ("electric-powertrain", "plc-programming", "automotive", (2028, 3, 31), 60),
    ("green-hydrogen", "industrial-automation", "energy", (2030, 6, 30), 45),
    ("green-hydrogen", "problem-solving", "chemical-petrochemical", (2031, 6, 30), 40),
    ("industrial-digital-twins", "data-analysis", "automotive", (2028, 12, 31), 70),
    ("industrial-digital-twins", "software-development", "information-technology",
     (2027, 9, 30), 80),
    ("industrial-digital-twins", "data-analysis", "chemical-petrochemical", (2029, 3, 31), 60),
    ("machine-learning-inspection", "quality-control", "automotive", (2027, 12, 31), 75),
    ("machine-learning-inspection", "data-analysis", "pharmaceutical-medical", (2028, 9, 30), 65),
    ("machine-learning-inspection", "software-development", "creative-industries",
     (2029, 9, 30), 45),
    ("machine-learning-inspection", "food-safety", "agroindustrial", (2028, 6, 30), 55),
    ("thermoplastic-composites", "composite-materials", "aerospace", (2029, 6, 30), 60),
    ("thermoplastic-composites", "composite-materials", "automotive", (2031, 3, 31), 40),
    ("utility-scale-storage", "solar-installation", "energy", (2027, 12, 31), 80),
    ("utility-scale-storage", "plc-programming", "energy", (2028, 12, 31), 60),
]

CHAMBERS = [
    ("camara-automotriz-muestra", "Cámara automotriz de muestra", "Sample automotive chamber", ""),
    ("camara-bajio-muestra", "Cámara del Bajío de muestra", "Sample chamber of the Bajío", "11"),
    ("muestra", "Cámara de muestra", "Sample chamber", ""),  # whose certificate the local run has
]

# id, legal name, kind, control, state, municipality, campuses (id, name, CCT, municipality)
ORGANIZATIONS = [
    ("tecnologico-bajio-muestra", "Tecnológico del Bajío (muestra)", "UNIVERSITY", "PUBLIC", "11",
     "León", [("leon", "Plantel León", "11XXX0001A", "León"),
              ("silao", "Plantel Silao", "11XXX0002B", "Silao")]),
    ("cecati-norte-muestra", "Centro de capacitación del norte (muestra)", "TRAINING_CENTRE",
     "PUBLIC", "19", "Apodaca", [("apodaca", "Plantel Apodaca", "19XXX0001C", "Apodaca")]),
    ("instituto-industrial-muestra", "Instituto industrial (muestra)", "TECHNICAL_SCHOOL",
     "PRIVATE", "22", "Querétaro", [("centro", "Plantel Centro", "", "Querétaro")]),
    # Applied, and not registered yet.
    ("academia-digital-muestra", "Academia digital (muestra)", "TRAINING_CENTRE", "PRIVATE", "14",
     "Zapopan", []),
]
REGISTERED = ["instituto-industrial-muestra"]

# program, organization, title es, en, level, modality, hours, outcomes of each version, seats: campus
# and how many, with the graduates where they are stated
PROGRAMS = [
    ("mecatronica", "tecnologico-bajio-muestra", "Ingeniería en mecatrónica",
     "Mechatronics engineering", "mnc:6", "CLASSROOM", 3200, [
         [("ra-1", "Programa controladores lógicos.", ["plc-programming"], 160),
          ("ra-2", "Mide y documenta procesos.", ["quality-control"], 120)],
         [("ra-1", "Programa controladores lógicos y celdas con robots colaborativos.",
           ["plc-programming", "industrial-automation"], 200),
          ("ra-3", "Se comunica en inglés técnico.", ["english"], 120)]],
     [("leon", 80, 51), ("silao", 40)]),
    ("soldadura-dual", "cecati-norte-muestra", "Soldadura, modalidad dual", "Welding, dual",
     "conocer:2", "DUAL", 600, [
         [("ra-1", "Suelda estructuras conforme a procedimiento.", ["welding"], 300),
          ("ra-2", "Trabaja en equipo con seguridad.", ["teamwork"], 40)]],
     [("apodaca", 60, 44)]),
    ("mantenimiento-industrial", "instituto-industrial-muestra", "Mantenimiento industrial",
     "Industrial maintenance", "mnc:4", "BLENDED", 18, [
         [("ra-1", "Localiza fallas con método.", ["problem-solving"], 18)]], [("centro", 40)]),
]

# id, owner, kind, title es, en, state, municipality, campus, skills, seats, hours
FACILITIES = [
    ("taller-soldadura-muestra", "organization/tecnologico-bajio-muestra", "WORKSHOP",
     "Taller de soldadura (muestra)", "Welding workshop (sample)", "11", "León", "leon",
     ["welding"], 16, (420, 1200)),
    ("laboratorio-plc-muestra", "organization/tecnologico-bajio-muestra", "LABORATORY",
     "Laboratorio de PLC (muestra)", "PLC laboratory (sample)", "11", "Silao", "silao",
     ["plc-programming", "industrial-automation"], 12, (480, 1080)),
    ("celda-robotica-muestra", "company/acme", "EQUIPMENT", "Celda robótica (muestra)",
     "Robot cell (sample)", "11", "Silao", "", ["industrial-automation"], 2, (480, 960)),
]
# Teachers of a program: organization, program, skills, how many, and how many of them have how
# many hours in the first skill. Of twelve a share is told to everybody, of four to their school.
TEACHERS = [
    ("tecnologico-bajio-muestra", "mecatronica", ["plc-programming", "quality-control"], 12,
     [(9, 40), (2, 20)]),
    ("cecati-norte-muestra", "soldadura-dual", ["welding"], 4, [(3, 60)]),
]
COURSE, STAY = ((2025, 7, 7), (2025, 8, 8)), ((2026, 6, 15), (2026, 7, 10))

PROJECTS = [
    ("celda-robotica", "Celda robótica para proveedores pequeños", "Robot cell for small suppliers",
     ["collaborative-robots", "machine-learning-inspection"], "automotive",
     (2026, 3, 1), (2027, 8, 31)),
    ("compuestos-aeronauticos", "Compuestos termoplásticos para interiores",
     "Thermoplastic composites for interiors", ["thermoplastic-composites"], "aerospace",
     (2026, 9, 1), (2028, 2, 28)),
]


# A sector table's proposals, each on a statement of acme's; the first is adopted and implemented.
PROPOSALS = [
    ("soldadura-tig-muestra", "NEW_MICROCREDENTIAL", "Microcredencial de soldadura TIG",
     "A microcredential in TIG welding",
     "Que quien suelda acero inoxidable pueda mostrarlo (texto de muestra).", "welding",
     "sample-003"),
    ("automatizacion-muestra", "CHANGED_PROGRAM", "Más automatización en mecatrónica",
     "More automation in mechatronics",
     "Que el programa de mecatrónica enseñe a diagnosticar celdas (texto de muestra).",
     "industrial-automation", "sample-002"),
]

CERTIFIERS = [
    ("ceneval", "Ceneval (alcance de muestra)", "Ceneval (sample scope)"),
    ("conocer", "CONOCER, una lectura de \"Saber\" (alcance de muestra)",
     "CONOCER, one reading of \"Saber\" (sample scope)"),
    ("saberesmx", "SaberesMx, otra lectura de \"Saber\" (alcance de muestra)",
     "SaberesMx, another reading of \"Saber\" (sample scope)"),
]

# Submitted to Ceneval; the first is certified.
SUBMITTER = "tecnologico-bajio-muestra"
SUBMITTED = ["welding-tig", "industrial-automation-basics", "english-for-manufacturing"]


def date(ymd):
    return dict(zip(("year", "month", "day"), ymd))


def document(service, method, agency, about, requests, ordered=False, actor="", server=""):
    """`agency`: who calls; the path of a caller where it is no agency. `ordered`: each request waits
    for the one before it. `actor`: who acts for the caller. `server`: who answers a service that all
    agencies have."""
    order = {"ordered": True} if ordered else {}
    acting = {"actor": actor} if actor else {}
    answering = {"server": server} if server else {}
    return {"service": service, "method": method, **answering, "as": agency if "/" in agency else f"agency/{agency}", **acting,
            "about": about, **order, "requests": requests}


def counted_kinds(agency):
    requests = [{
        "countedKindId": f"{name}-sample",
        "countedKind": {"collection": collection, "recordKind": "RECORD_KIND_GENERATED",
                        "effectiveDate": date((2020, 1, 1))},
    } for name, collection in COUNTED[agency]]
    return document("puente.api.v1.CountedKindService", "CreateCountedKind", agency,
                    "The figures of the bundled data are of generated records. What the agency sets "
                    "for a later day holds from then on.", requests, server=agency)


def sector_tables():
    requests = [{
        "sectorTableId": table,
        "sectorTable": {
            "labelEs": es, "labelEn": en,
            "scianPrefixes": [{"prefix": prefix, "effectiveDate": date((2026, 1, 1)),
                               "source": "puente-proposal"} for prefix in prefixes],
            "source": "sector-tables-2026", "recordKind": "RECORD_KIND_REAL",
        },
    } for table, es, en, prefixes in TABLES]
    return document("puente.economy.v1.SectorTableService", "CreateSectorTable", "economy",
                    "The eleven sector tables that are named publicly, of fifteen. Their SCIAN 2023 "
                    "prefixes are Puente's own proposal (source puente-proposal), not an official "
                    "classification.", requests)


def statement(number, company, skill, level, heads, period, state, scian):
    body = {"skill": f"skills/{skill}"}
    if level:
        body["level"] = level
    body.update({"heads": heads, "startDate": date(period[0]), "endDate": date(period[1]),
                 "stateCode": state, "scianClass": scian, **GENERATED})
    return {"parent": f"companies/{company}", "demandStatementId": f"sample-{number:03}",
            "demandStatement": body}


def demand_statements():
    requests = []
    shared = 0
    for sector, (classes, skills, states) in DEMAND.items():
        for state, companies in states.items():
            skill, level = SHARED[shared % len(SHARED)]
            shared += 1
            for position, (company, *heads) in enumerate(companies):
                scian = classes[position % len(classes)]
                period = PERIODS[shared % len(PERIODS)]
                wanted = zip([(skill, level), (skills[0], ""), (skills[1], "")], heads)
                for (name, at), count in wanted:
                    requests.append(statement(len(requests) + 1, company, name, at, count, period,
                                              state, scian))
    # The first need again, stated anew: it supersedes the first statement.
    again = json.loads(json.dumps(requests[0]))
    again["demandStatementId"] = f"sample-{len(requests) + 1:03}"
    again["demandStatement"]["heads"] += AGAIN
    requests.append(again)
    return document("puente.economy.v1.DemandService", "CreateDemandStatement", "economy",
                    "Generated sample by data/generate.py: no such company exists and none of these "
                    "needs was stated. The last statement supersedes the first. Aerospace in Sonora "
                    "has fewer than 4 companies; automotive in Puebla has one company with over 80 % "
                    "of the heads.", requests,
                    ordered=True)


# The sector tables that microcredentials were made for; the others are for all.
SECTORS_OF = {"welding-tig": "automotive", "industrial-automation-basics": "automotive"}


def microcredentials():
    requests = []
    titles = {organization: title for organization, title, *_ in ORGANIZATIONS}
    for name, es, en, level, assessment, form, outcomes, hours in CREDENTIALS:
        owner = OWNERS.get(name, SUBMITTER)
        body = {"organization": f"organizations/{owner}", "titleEs": es, "titleEn": en,
                "countryCode": "MX", "awardingBody": titles[owner],
                "issueDate": date((2026, 9, 1)),
                "outcomes": [{"statement": text, "skills": [f"skills/{skill}" for skill in skills],
                              "hours": part} for text, skills, part in outcomes],
                "workloadHours": hours}
        if level:
            body["level"] = level
        if name in SECTORS_OF:
            body["sectorTable"] = f"sectorTables/{SECTORS_OF[name]}"
        if name == SUBMITTED[0]:
            body["causes"] = {"proposals": [f"proposals/{PROPOSALS[0][0]}"]}
        body.update({"assessmentType": f"ASSESSMENT_TYPE_{assessment}",
                     "participationForm": f"PARTICIPATION_FORM_{form}",
                     "qualityAssurance": "Proceso interno de muestra", **GENERATED})
        requests.append({"parent": f"microcredentials/{name}", "microcredentialVersionId": "1",
                         "microcredentialVersion": body})
    return document("puente.education.v1.MicrocredentialService", "CreateMicrocredentialVersion",
                    "education", "Generated sample by data/generate.py: no such microcredential is "
                    "offered by anybody.", requests)


def publishing():
    requests = [{"name": f"microcredentials/{name}/versions/1"}
                for name, *_ in CREDENTIALS if name not in DRAFTS]
    return document("puente.education.v1.MicrocredentialService", "PublishMicrocredentialVersion",
                    "education", "Publishes the generated sample of 3-microcredentials.json, except "
                    "one that stays a draft.", requests)


def technologies():
    requests = [{"technologyId": name, "technology": {
        "labelEs": es, "labelEn": en, "readinessLevel": level,
        "evidence": "Valor de muestra, sin evaluación", **GENERATED}}
        for name, es, en, level in TECHNOLOGIES]
    return document("puente.science.v1.TechnologyService", "CreateTechnology", "science",
                    "Generated sample by data/generate.py: the technologies exist, their readiness "
                    "levels here were made up.", requests)


def signals():
    requests = [{"skillSignalId": f"sample-{number:02}", "skillSignal": {
        "skill": f"skills/{skill}", "technology": f"technologies/{technology}",
        "sectorTable": f"sectorTables/{sector}", "horizonDate": date(horizon),
        "confidence": confidence, **GENERATED}}
        for number, (technology, skill, sector, horizon, confidence) in enumerate(SIGNALS, 1)]
    return document("puente.science.v1.SkillSignalService", "CreateSkillSignal", "science",
                    "Generated sample by data/generate.py: nobody forecast any of this.", requests)


def chambers():
    requests = [{"chamberId": name, "chamber": {
        "labelEs": es, "labelEn": en, **({"stateCode": state} if state else {}), **GENERATED}}
        for name, es, en, state in CHAMBERS]
    return document("puente.economy.v1.ChamberService", "CreateChamber", "economy",
                    "Generated sample by data/generate.py: no such chamber exists.", requests)


def companies():
    first = {}  # a company's first class and state
    for classes, _, states in DEMAND.values():
        for state, stated in states.items():
            for position, (company, *_) in enumerate(stated):
                first.setdefault(company, (classes[position % len(classes)], state))
    requests = [{"companyId": company, "company": {
        "legalName": f"{company.replace('-', ' ').title()} (muestra)", "scianClass": scian,
        "stateCode": state, "size": f"COMPANY_SIZE_{size_of(company)}", **GENERATED}}
        for company, (scian, state) in sorted(first.items())]
    return document("puente.economy.v1.CompanyService", "CreateCompany", "economy",
                    "Generated sample by data/generate.py: no such company exists.", requests)


def size_of(company):
    """The smallest for which what it states is plausible (demand_bound of Economy), the statement
    that supersedes one included."""
    heads = AGAIN * (company == next(iter(DEMAND["automotive"][2].values()))[0][0])
    heads += sum(sum(stated) for _, _, states in DEMAND.values()
                 for companies in states.values() for who, *stated in companies if who == company)
    return next(size for size, most in SIZES if heads <= most)


def release():
    return document("puente.economy.v1.DemandService", "ReleaseDemand", "economy",
                    "Asks for the figures of what is stated, once all of it is.", [{}])


def confirmations():
    names = sorted(request["companyId"] for request in companies()["requests"])
    requests = [{"name": f"companies/{name}", "reason": "Confirmación de muestra"}
                for name in names]
    return document("puente.economy.v1.CompanyService", "ConfirmCompany", "economy",
                    "Confirms the companies of the generated sample, so that what they state counts.",
                    requests, actor="officer-1")


def consents():
    requests = [{"parent": f"companies/{request['companyId']}", "consentId": "muestra", "consent": {
        "chamber": f"chambers/{CHAMBERS[1][0]}",
        "acts": ["CONSENT_ACT_STATE_DEMAND", "CONSENT_ACT_READ_DEMAND"],
        "startDate": date((2026, 1, 1)), **GENERATED}}
        for request in companies()["requests"] if request["company"]["stateCode"] == "11"]
    return document("puente.economy.v1.ConsentService", "CreateConsent", "economy",
                    "Generated sample by data/generate.py: nobody consented to any of this.",
                    requests)


def credit_rules():
    return document("puente.education.v1.CreditRuleService", "CreateCreditRule", "education",
                    "The rule that Puente takes where a program names none; an authority's own rule "
                    "is another record.", [{"creditRuleId": "default", "creditRule": {
                        "labelEs": "Un crédito por 16 horas", "labelEn": "One credit per 16 hours",
                        "hoursPerCredit": 16, "source": "puente-proposal",
                        "recordKind": "RECORD_KIND_REAL"}}])


# Rule, field, how it is looked at, and what to do in Spanish and English.
PROFILE = [
    ("TITLE_IN_ENGLISH", "title_en", {"check": "PRESENT"},
     "Escriba también el título en inglés, con el que se reconoce fuera del país.",
     "Write the title in English too, by which it is recognized abroad."),
    ("COUNTRY", "country_code", {"check": "ONE_OF", "values": ["MX"]},
     "Indique MX como país de quien la expide.", "State MX as the country of the issuer."),
    ("LEVEL", "level", {"check": "MATCHES", "pattern": "mnc:[1-8]|conocer:[1-5]"},
     "Indique su nivel en el Marco Nacional de Cualificaciones (mnc:4) o en el sistema de "
     "competencias (conocer:2).",
     "State its level in the national qualifications framework (mnc:4) or in the system of "
     "competences (conocer:2)."),
    ("WORKLOAD", "total_hours", {"check": "BETWEEN", "min": 15, "max": 600},
     "Reúna o divida contenidos hasta que sume de 15 a 600 horas.",
     "Join or split content until it adds up to 15 to 600 hours."),
    ("OUTCOMES", "outcomes", {"check": "BETWEEN", "min": 1, "max": 15},
     "Resuma lo que se aprende en 15 resultados a lo más.",
     "Sum up what is learnt in 15 outcomes at most."),
    ("OUTCOME_HOURS", "outcomes.hours", {"check": "BETWEEN", "min": 1, "max": 600},
     "Diga cuántas horas lleva cada resultado.", "Say how many hours each outcome takes."),
    ("CREDITS", "credit_rule", {"check": "PRESENT"},
     "Nombre la regla con la que sus horas son créditos, como creditRules/default.",
     "Name the rule by which its hours are credits, such as creditRules/default."),
    ("REVIEW", "review_date", {"check": "PRESENT"},
     "Fije el día de su próxima revisión.", "Set the day of its next review."),
]


def national_profiles():
    requirements = [{"rule": rule, "field": field, **how, "check": f"PROFILE_CHECK_{how['check']}",
                     "remedyEs": remedy_es, "remedyEn": remedy_en}
                    for rule, field, how, remedy_es, remedy_en in PROFILE]
    return document("puente.education.v1.NationalProfileService", "CreateNationalProfile",
                    "education", "Puente's proposal of what microcredentials of the country should be "
                    "like; the authority's own profile is another record.", [{
                        "nationalProfileId": "microcredentials-1", "nationalProfile": {
                            "labelEs": "Microcredenciales, versión 1 (propuesta de Puente)",
                            "labelEn": "Microcredentials, version 1 (proposed by Puente)",
                            "requirements": requirements, "source": "puente-proposal",
                            "recordKind": "RECORD_KIND_REAL"}}])


def organizations():
    requests = [{"organizationId": name, "organization": {
        "legalName": title, "kind": f"ORGANIZATION_KIND_{kind}",
        "control": f"ORGANIZATION_CONTROL_{control}", "stateCode": state,
        "municipality": municipality, **GENERATED}}
        for name, title, kind, control, state, municipality, _ in ORGANIZATIONS]
    return document("puente.education.v1.OrganizationService", "CreateOrganization", "education",
                    "Generated sample by data/generate.py: no such school exists.", requests)


def registrations():
    requests = [{"name": f"organizations/{name}", "reason": "Registro de muestra"}
                for name in REGISTERED]
    return document("puente.education.v1.OrganizationService", "RegisterOrganization", "education",
                    "Registers private schools of the generated sample, except one that has only "
                    "applied.", requests, actor="registrar-1")


def campuses():
    requests = [{"parent": f"organizations/{organization}", "campusId": campus, "campus": {
        "titleEs": title, **({"cct": cct} if cct else {}), "stateCode": state,
        "municipality": municipality, **GENERATED}}
        for organization, _, _, _, state, _, places in ORGANIZATIONS
        for campus, title, cct, municipality in places]
    return document("puente.education.v1.CampusService", "CreateCampus", "education",
                    "Generated sample by data/generate.py: no such place exists, and the CCT keys "
                    "were made up.", requests)


def programs(version):
    """The versions of this number."""
    requests = [{"parent": f"programs/{name}", "programVersionId": str(version), "programVersion": {
        "organization": f"organizations/{organization}", "titleEs": es, "titleEn": en,
        "level": level, "modality": f"MODALITY_{modality}",
        "outcomes": [{"code": code, "statement": text, "skills": [f"skills/{s}" for s in skills],
                      "hours": part} for code, text, skills, part in versions[version - 1]],
        "workloadHours": hours, "seats": [{
            "period": "2026-2027", "seats": count,
            **({"graduates": graduates[0]} if graduates else {}),
            "campus": f"organizations/{organization}/campuses/{campus}"}
            for campus, count, *graduates in seats], **GENERATED}}
        for name, organization, es, en, level, modality, hours, versions, seats in PROGRAMS
        if len(versions) >= version]
    return document("puente.education.v1.ProgramService", "CreateProgramVersion", "education",
                    "Generated sample by data/generate.py: nobody offers these programs.", requests)


def publishing_programs():
    requests = [{"name": f"programs/{name}/versions/{version}"}
                for name, *_, versions, _ in PROGRAMS for version in range(1, len(versions) + 1)]
    return document("puente.education.v1.ProgramService", "PublishProgramVersion", "education",
                    "Publishes the generated sample of programs.", requests)


def facilities(owner):
    requests = [{"facilityId": name, "facility": {
        "owner": owner, "kind": f"FACILITY_KIND_{kind}", "titleEs": es, "titleEn": en,
        "stateCode": state, "municipality": municipality,
        **({"campus": f"organizations/{owner.split('/')[1]}/campuses/{campus}"} if campus else {}),
        "skills": [f"skills/{skill}" for skill in skills], "capacity": seats,
        "opensMinute": opens, "closesMinute": closes,
        "weekdays": [f"WEEKDAY_{day}" for day in
                     ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY")]}}
        for name, of, kind, es, en, state, municipality, campus, skills, seats, (opens, closes)
        in FACILITIES if of == owner]
    return document("puente.education.v1.FacilityService", "CreateFacility", owner,
                    "Generated sample by data/generate.py: no such place exists.", requests)


def pseudonym(*parts):
    """An id that says nothing, the same for the same parts."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, "/".join(("puente-sample", *map(str, parts)))))


def teachers(organization):
    requests = [{"parent": f"organizations/{organization}",
                 "teacherId": pseudonym(organization, number), "teacher": {
                     "programs": [f"programs/{program}"],
                     "skills": [f"skills/{skill}" for skill in skills]}}
                for of, program, skills, count, _ in TEACHERS if of == organization
                for number in range(count)]
    return document("puente.education.v1.TeacherService", "CreateTeacher",
                    f"organization/{organization}",
                    "Generated sample by data/generate.py: these are pseudonyms of nobody.", requests)


def trainings(organization):
    """A course each, of the last of them a stay in a company."""
    requests = []
    for of, _, skills, _, trained in TEACHERS:
        hours = [each for count, each in trained for _ in range(count)] if of == organization else []
        for number, each in enumerate(hours):
            stay = number % 3 == 2
            first, last = STAY if stay else COURSE
            requests.append({
                "parent": f"organizations/{of}", "teacherTrainingId": pseudonym(of, number, "training"),
                "teacherTraining": {
                    "teacher": f"organizations/{of}/teachers/{pseudonym(of, number)}",
                    "kind": "TRAINING_KIND_STAY_IN_COMPANY" if stay else "TRAINING_KIND_COURSE",
                    **({"company": "companies/acme"} if stay else {"provider": "Centro de muestra"}),
                    "skill": f"skills/{skills[0]}", "hours": each,
                    "beginDate": date(first), "endDate": date(last)}})
    return document("puente.education.v1.TeacherTrainingService", "CreateTeacherTraining",
                    f"organization/{organization}",
                    "Generated sample by data/generate.py: nobody learned any of this.", requests)


def teacher_rules():
    return document("puente.education.v1.TeacherRuleService", "CreateTeacherRule", "education",
                    "When a teacher counts as up to date, as a first proposal: forty hours within five "
                    "years. Puente's own, to be set by Education.", [{
                        "teacherRuleId": "muestra", "teacherRule": {
                            "labelEs": "Cuarenta horas en cinco años (muestra)",
                            "labelEn": "Forty hours in five years (sample)",
                            "beginDate": date((2026, 1, 1)), "hoursNeeded": 40, "validYears": 5,
                            **GENERATED}}])


def projects():
    requests = [{"innovationProjectId": name, "innovationProject": {
        "titleEs": es, "titleEn": en, "partners": ["Centro de muestra", "Empresa de muestra"],
        "technologies": [f"technologies/{technology}" for technology in used],
        "sectorTable": f"sectorTables/{sector}", "startDate": date(start), "endDate": date(end),
        **GENERATED}} for name, es, en, used, sector, start, end in PROJECTS]
    return document("puente.science.v1.InnovationProjectService", "CreateInnovationProject",
                    "science", "Generated sample by data/generate.py: no such project exists.",
                    requests)


def sessions():
    return document("puente.economy.v1.TableSessionService", "CreateTableSession", "economy",
                    "Generated sample by data/generate.py: nobody met.", [{
                        "parent": "sectorTables/automotive", "tableSessionId": "muestra",
                        "tableSession": {
                            "titleEs": "Soldadura: qué falta y quién puede enseñarla (muestra)",
                            "titleEn": "Welding: what is missing and who can teach it (sample)",
                            "sessionDate": date((2026, 10, 5)), "place": "León (muestra)",
                            "participants": ["company/acme", "chamber/muestra",
                                             f"organization/{SUBMITTER}", "agency/education"],
                            **GENERATED}}])


def holding():
    return document("puente.economy.v1.TableSessionService", "HoldTableSession", "economy",
                    "Holds the session of the generated sample.", [{
                        "name": "sectorTables/automotive/sessions/muestra",
                        "minutes": "Acta de muestra: nadie se reunió."}])


def agreements():
    return document("puente.economy.v1.AgreementService", "CreateAgreement", "economy",
                    "Generated sample by data/generate.py: nobody agreed on this.", [{
                        "agreementId": "soldadura-muestra", "agreement": {
                            "session": "sectorTables/automotive/sessions/muestra",
                            "textEs": "Definir una microcredencial de soldadura TIG.",
                            "textEn": "Define a microcredential in TIG welding.",
                            "owner": "agency/education", "dueDate": date((2027, 3, 31)),
                            **GENERATED}}])


def proposals():
    requests = [{"proposalId": name, "proposal": {
        "author": "company/acme", "showAuthor": True, "kind": f"PROPOSAL_KIND_{kind}",
        "titleEs": es, "titleEn": en, "text": text, "skills": [f"skills/{skill}"],
        "stateCodes": ["11"], "sectorTable": "sectorTables/automotive",
        "session": "sectorTables/automotive/sessions/muestra",
        "agreements": ["agreements/soldadura-muestra"] if skill == "welding" else [],
        "statements": [f"companies/acme/demandStatements/{statement}"], **GENERATED}}
        for name, kind, es, en, text, skill, statement in PROPOSALS]
    return document("puente.economy.v1.ProposalService", "CreateProposal", "economy",
                    "Generated sample by data/generate.py: nobody proposed any of this.", requests)


def reviews():
    return document("puente.economy.v1.ProposalService", "ReviewProposal", "economy",
                    "Reviews a proposal of the generated sample; the other one waits.",
                    [{"name": f"proposals/{PROPOSALS[0][0]}"}])


def adoptions():
    return document("puente.economy.v1.ProposalService", "AdoptProposal", "economy",
                    "Adopts it.", [{"name": f"proposals/{PROPOSALS[0][0]}"}], actor="officer-1")


def certifiers():
    requests = [{"certifierChangeId": f"{name}-enter", "certifierChange": {
        "body": f"certifier/{name}", "kind": "CERTIFIER_CHANGE_KIND_ENTER", "labelEs": es, "labelEn": en, "contact": "https://example.invalid (muestra)",
        "scopes": [{"microcredential": f"microcredentials/{credential}", "laterVersions": True,
                    "startDate": date((2026, 1, 1))} for credential, *_ in CREDENTIALS],
        **GENERATED}}
        for name, es, en in CERTIFIERS]
    return document("puente.gateway.v1.CertifierChangeService", "CreateCertifierChange", "education",
                    "Generated sample by data/generate.py: bodies that exist, with scopes that nobody "
                    "gave them. Which body \"Saber\" is, is not known: both readings are entries.",
                    requests, actor="registrar-1")


def entries():
    return document("puente.gateway.v1.CertifierChangeService", "ConfirmCertifierChange", "education",
                    "Another registrar confirms them.",
                    [{"name": f"certifierChanges/{name}-enter"} for name, *_ in CERTIFIERS],
                    actor="registrar-2")


def implementations():
    return document("puente.gateway.v1.ActService", "ImplementProposal", "economy",
                    "Records what came of a proposal of the generated sample.", [{
                        "proposal": f"proposals/{PROPOSALS[0][0]}",
                        "versions": ["microcredentials/welding-tig/versions/1"]}],
                    actor="officer-1")


def submissions():
    requests = [{"parent": "certifiers/ceneval", "submissionId": f"{credential}-muestra",
                 "submission": {
                     "organization": f"organizations/{SUBMITTER}",
                     "microcredentialVersion": f"microcredentials/{credential}/versions/1",
                     "note": "Solicitud de muestra."}} for credential in SUBMITTED]
    return document("puente.gateway.v1.SubmissionService", "CreateSubmission",
                    f"organization/{SUBMITTER}",
                    "Generated sample by data/generate.py: nobody submitted any of this.", requests)


def assignments():
    return document("puente.gateway.v1.SubmissionService", "AssignSubmission", "certifier/ceneval",
                    "Assigns one of them; the others wait in the queue.",
                    [{"name": f"certifiers/ceneval/submissions/{SUBMITTED[0]}-muestra",
                      "reviewer": "reviewer-1"}], actor="reviewer-1")


def dossiers():
    return document("puente.gateway.v1.DossierService", "OpenDossier", "certifier/ceneval",
                    "Opens the dossier of the one that is assigned.",
                    [{"dossierId": f"{SUBMITTED[0]}-muestra",
                      "submission": f"certifiers/ceneval/submissions/{SUBMITTED[0]}-muestra"}],
                    actor="reviewer-1")


def decisions():
    return document("puente.gateway.v1.DecisionService", "CreateDecision", "certifier/ceneval",
                    "Certifies it.",
                    [{"parent": "certifiers/ceneval", "decisionId": f"{SUBMITTED[0]}-muestra",
                      "decision": {
                          "submission": f"certifiers/ceneval/submissions/{SUBMITTED[0]}-muestra",
                          "kind": "DECISION_KIND_CERTIFY",
                          "dossier": f"dossiers/{SUBMITTED[0]}-muestra",
                          "endDate": date((2039, 8, 31)),
                          "conditions": "Muestra: ninguna."}}], actor="reviewer-1")


# A source is (agency, table, measures), a chart (kind, dimension, measure).
def _report_table(name, es, en, sources, dimensions, charts, **codes):
    return {"table": name, "titleEs": es, "titleEn": en,
            "sources": [{"agency": agency, "table": table, "measures": measures}
                        for agency, table, measures in sources],
            "dimensions": dimensions,
            **({"codes": [{"dimension": dimension, "codes": chosen}
                          for dimension, chosen in codes.items()]} if codes else {}),
            "charts": [{"kind": f"REPORT_CHART_KIND_{kind}", "dimension": dimension,
                        "measure": measure} for kind, dimension, measure in charts]}


NEED = ("economy", "demand", ["HEADS", "COMPANIES"])
TEACHING = ("education", "teaching", ["SEATS", "PROGRAMS"])
OFFERS = [("economy", "place-offers", ["SEATS"])]
STAYS = [("economy", "place-stays", ["STAYS"])]
AWARDS = [("education", "award-counts", ["AWARDS"])]
DECISIONS = [("gateway", "certifications", ["DECISIONS"])]
WAITING = [("gateway", "certification-waiting", ["CERTIFIED", "DAYS"])]
COVERAGE = [("education", "certification-coverage", ["PUBLISHED", "UNCERTIFIED"])]
AGREED = [("economy", "agreements", ["AGREEMENTS"])]
PROPOSED = [("economy", "proposals", ["PROPOSALS"])]
EMERGING = [("science", "skill-signals", ["SIGNALS"])]
# Whose records they are, in Spanish and in English.
SERVICES = {"education": ("Educación", "Education"), "economy": ("Economía", "Economy"),
          "labor": ("Trabajo", "Labor"), "science": ("Ciencia", "Science"),
          "gateway": ("Puente", "Puente")}
VACANCIES = [("labor", "vacancies", ["VACANCIES", "POSTS", "QUALITY_PASSED", "QUALITY_FAILED",
                                     "QUALITY_UNKNOWN"])]
# Who says how what is counted by is called.
SKILL_NAMES = {"names": [{"agency": "labor", "table": "skills"}]}
# By id: titles, summaries, tables.
REPORTS = {
    "need-and-teaching": (
        "Lo que las empresas necesitan y lo que se enseña", "What companies need and what is taught",
        "Personas que las empresas dicen necesitar, junto a los lugares en programas que enseñan lo "
        "mismo, por entidad y por habilidad. Son cosas distintas: la diferencia no es un faltante de "
        "personas.",
        "People whom companies say they need, beside seats in programs that teach the same, by state "
        "and by skill. These are different things: the difference is not a shortage of people.",
        [_report_table("by-state", "Por entidad", "By state", [NEED, TEACHING], ["STATE"],
                       [("TILES", "STATE", "HEADS"), ("BARS", "STATE", "SEATS")]),
         _report_table("by-skill", "Por habilidad", "By skill", [NEED, TEACHING], ["SKILL"],
                       [("BARS", "SKILL", "HEADS"), ("BARS", "SKILL", "SEATS")])]),
    "need-by-sector": (
        "Lo que las empresas necesitan, por mesa sectorial", "What companies need, by sector table",
        "Personas que las empresas dicen necesitar, por mesa sectorial. Las mesas se traslapan y no se "
        "suman.",
        "People whom companies say they need, by sector table. Tables overlap and do not add up.",
        [_report_table("by-sector-table", "Por mesa sectorial", "By sector table", [NEED],
                       ["SECTOR_TABLE"], [("BARS", "SECTOR_TABLE", "HEADS")]),
         _report_table("by-sector-table-and-state", "Por mesa sectorial y entidad",
                       "By sector table and state", [NEED], ["SECTOR_TABLE", "STATE"],
                       [("TILES", "STATE", "HEADS")])]),
    "training-places": (
        "Lugares de formación en empresas", "Training places in companies",
        "Lugares que las empresas ofrecen a estudiantes, por entidad, por trimestre en que comienzan y "
        "por habilidad que se aprende.",
        "Seats that companies offer to learners, by state, by quarter in which they begin and by skill "
        "that is learned.",
        [_report_table("places-by-state", "Lugares por entidad", "Places by state", OFFERS, ["STATE"],
                       [("TILES", "STATE", "SEATS"), ("BARS", "STATE", "SEATS")]),
         _report_table("places-by-quarter", "Lugares por trimestre", "Places by quarter", OFFERS,
                       ["PERIOD"], [("LINES", "PERIOD", "SEATS")]),
         _report_table("places-by-skill", "Lugares por habilidad", "Places by skill",
                       [("economy", "place-skills", ["SEATS"])], ["SKILL"],
                       [("BARS", "SKILL", "SEATS")])]),
    "training-stays": (
        "Estancias en empresas", "Stays at companies",
        "Estancias de estudiantes que se apartan, comienzan, concluyen o se interrumpen, por entidad. Se "
        "dicen las de cuatro empresas y diez estancias o más.",
        "Learners' stays that are taken, begin, end or are broken off, by state. Those of four companies "
        "and ten stays or more are told.",
        [_report_table("stays-by-stage", "Estancias por etapa", "Stays by stage", STAYS, ["STAGE"],
                       [("BARS", "STAGE", "STAYS")]),
         _report_table("stays-by-state", "Estancias por entidad y etapa", "Stays by state and stage",
                       STAYS, ["STATE", "STAGE"], [("TILES", "STATE", "STAYS")])]),
    "awards": (
        "Constancias de microcredenciales", "Awards of microcredentials",
        "Constancias que valen, por versión, trimestre en que se expidieron, entidad y sexo. Se dicen "
        "las de diez personas o más.",
        "Awards that hold, by version, quarter in which they were issued, state and sex. Those of ten "
        "persons or more are told.",
        [_report_table("awards-by-quarter", "Constancias por trimestre", "Awards by quarter", AWARDS,
                       ["PERIOD"], [("LINES", "PERIOD", "AWARDS")]),
         _report_table("awards-by-state", "Constancias por entidad", "Awards by state", AWARDS,
                       ["STATE"], [("TILES", "STATE", "AWARDS"), ("BARS", "STATE", "AWARDS")]),
         _report_table("awards-by-version", "Constancias por versión y sexo",
                       "Awards by version and sex", AWARDS, ["VERSION", "SEX"],
                       [("BARS", "VERSION", "AWARDS"), ("BARS", "SEX", "AWARDS")]),
         _report_table("awards", "Todo lo que se dice", "All that is told", AWARDS,
                       ["VERSION", "PERIOD", "STATE", "SEX"], [])]),
    "certification": (
        "Certificación de microcredenciales", "Certification of microcredentials",
        "Dictámenes vigentes de los certificadores, por certificador y por lo que deciden, y versiones "
        "que nadie certifica. Lo que se devuelve o rechaza se dice solo a la institución.",
        "Decisions in force of certification bodies, by body and by what they decide, and versions that "
        "nobody certifies. What is returned or rejected is told to the organization alone.",
        [_report_table("decisions-by-body", "Dictámenes por certificador", "Decisions by body",
                       DECISIONS, ["CERTIFIER"], [("BARS", "CERTIFIER", "DECISIONS")]),
         _report_table("decisions-by-kind", "Dictámenes por lo que deciden",
                       "Decisions by what they decide", DECISIONS, ["DECISION"],
                       [("BARS", "DECISION", "DECISIONS")]),
         _report_table("uncertified-by-state", "Versiones sin certificador por entidad",
                       "Versions without a certifier by state", COVERAGE, ["STATE"],
                       [("TILES", "STATE", "UNCERTIFIED"), ("BARS", "STATE", "PUBLISHED")]),
         _report_table("uncertified-by-level", "Versiones sin certificador por nivel",
                       "Versions without a certifier by level", COVERAGE, ["LEVEL"],
                       [("BARS", "LEVEL", "UNCERTIFIED")])]),
    "certification-days": (
        "Días hasta la certificación", "Days until certification",
        "Días que pasan de la solicitud al dictamen que certifica, por certificador y trimestre que "
        "terminó; lo que continúa una certificación no cuenta. Se dicen los de diez solicitudes y cuatro "
        "instituciones o más, ninguna con más de 80 % de las solicitudes ni de los días.",
        "Days from a submission to the decision that certifies it, by body and quarter that has ended. "
        "What carries over a certification does not count. Those of ten submissions and four organizations "
        "or more are told, none with more than 80 % of the submissions or of the days.",
        [_report_table("days-by-body", "Días por certificador y trimestre", "Days by body and quarter",
                       WAITING, ["CERTIFIER", "PERIOD", "RECORD_KIND"], [])]),
    "vacancies": (
        "Vacantes y calidad de la oferta", "Vacancies and the quality of offers",
        "Vacantes y puestos que se ofrecieron, por entidad, por escolaridad que piden y por mes, y lo "
        "que de ellas dice el juego de reglas de calidad de Puente, que no es una estadística oficial.",
        "Vacancies and posts that were offered, by state, by schooling that they ask for and by month, "
        "and what Puente's rule set of quality says of them, which is not an official statistic.",
        [_report_table("vacancies-by-state", "Vacantes por entidad", "Vacancies by state", VACANCIES,
                       ["STATE"], [("TILES", "STATE", "VACANCIES"), ("BARS", "STATE", "POSTS")]),
         _report_table("vacancies-by-month", "Vacantes por mes", "Vacancies by month", VACANCIES,
                       ["PERIOD"], [("LINES", "PERIOD", "VACANCIES")]),
         _report_table("vacancies-by-schooling", "Vacantes por escolaridad", "Vacancies by schooling",
                       VACANCIES, ["EDUCATION_LEVEL"], [("BARS", "EDUCATION_LEVEL", "VACANCIES")]),
         _report_table("vacancies", "Vacantes por entidad, escolaridad y mes",
                       "Vacancies by state, schooling and month", VACANCIES,
                       ["STATE", "EDUCATION_LEVEL", "PERIOD"], [])]),
    "agreements": (
        "Avance de acuerdos y propuestas", "Progress of agreements and proposals",
        "Acuerdos de las mesas sectoriales, por mesa y estado, y propuestas que recibe Economía, por "
        "tipo y estado.",
        "Agreements of sector tables, by table and state, and proposals to Economy, by kind and state.",
        [_report_table("agreements-by-state", "Acuerdos por estado", "Agreements by state", AGREED,
                       ["AGREEMENT_STATE"], [("BARS", "AGREEMENT_STATE", "AGREEMENTS")]),
         _report_table("agreements-by-table", "Acuerdos por mesa y estado",
                       "Agreements by table and state", AGREED,
                       ["SECTOR_TABLE", "AGREEMENT_STATE"], [("BARS", "SECTOR_TABLE", "AGREEMENTS")]),
         _report_table("proposals-by-state", "Propuestas por estado", "Proposals by state", PROPOSED,
                       ["PROPOSAL_STATE"], [("BARS", "PROPOSAL_STATE", "PROPOSALS")]),
         _report_table("proposals-by-kind", "Propuestas por tipo y estado",
                       "Proposals by kind and state", PROPOSED, ["PROPOSAL_KIND", "PROPOSAL_STATE"],
                       [("BARS", "PROPOSAL_KIND", "PROPOSALS")])]),
    "emerging-skills": (
        "Habilidades emergentes", "Emerging skills",
        "Señales de que una habilidad hará falta, por habilidad, por año en que se espera y por madurez "
        "de su tecnología.",
        "Signals that a skill will be needed, by skill, by year in which it is expected and by "
        "readiness of its technology.",
        [_report_table("signals-by-skill", "Señales por habilidad", "Signals by skill", EMERGING,
                       ["SKILL"], [("BARS", "SKILL", "SIGNALS")]),
         _report_table("signals-by-year", "Señales por año", "Signals by year", EMERGING, ["PERIOD"],
                       [("LINES", "PERIOD", "SIGNALS")]),
         _report_table("signals-by-readiness", "Señales por madurez", "Signals by readiness", EMERGING,
                       ["READINESS"], [("BARS", "READINESS", "SIGNALS")])]),
    "data-quality": (
        "Calidad de los datos", "Quality of data",
        "De cada servicio, a cuántos registros de otros se refieren los suyos y cuántos de estos no "
        "existen; vacantes sin clase del SCIAN; y acuerdos vencidos.",
        "Of each service, to how many records of others its own refer and how many of these are not "
        "there; vacancies without a SCIAN class; and agreements that are overdue.",
        [*(_report_table(f"references-{owner}", f"Referencias de {es}", f"References of {en}",
                         [(owner, "record-quality", ["REFERENCES"])], ["KIND"],
                         [("BARS", "KIND", "REFERENCES")]) for owner, (es, en) in SERVICES.items()),
         _report_table("unclassified-vacancies", "Vacantes sin clase", "Vacancies without a class",
                       [("labor", "vacancies", ["VACANCIES", "UNCLASSIFIED"])], ["STATE"],
                       [("TILES", "STATE", "UNCLASSIFIED")]),
         _report_table("late-agreements", "Acuerdos vencidos", "Agreements that are overdue",
                       AGREED, ["SECTOR_TABLE", "AGREEMENT_STATE"], [],
                       AGREEMENT_STATE=["OVERDUE"])]),
}


def report_definitions():
    return document("puente.gateway.v1.ReportDefinitionService", "CreateReportDefinition", "education",
                    "What inter-ministry reports say: agencies' tables of figures, put side by side.",
                    [{"reportDefinitionId": name, "reportDefinition": {
                        "titleEs": title_es, "titleEn": title_en, "summaryEs": summary_es,
                        "summaryEn": summary_en, "tables": tables,
                        **(SKILL_NAMES if any("SKILL" in table["dimensions"] for table in tables) else {}),
                        "source": "puente-proposal", "recordKind": "RECORD_KIND_REAL"}}
                     for name, (title_es, title_en, summary_es, summary_en, tables)
                     in REPORTS.items()])


FILES = {
    **{f"{agency}/0-counted-kinds.json": functools.partial(counted_kinds, agency)
       for agency in COUNTED},
    "economy/sector-tables.json": sector_tables,
    "economy/demand-statements.json": demand_statements,
    "economy/1-chambers.json": chambers,
    "economy/2-companies.json": companies,
    "economy/3-companies-confirm.json": confirmations,
    "economy/z-release-demand.json": release,
    "economy/4-consents.json": consents,
    "economy/t1-sessions.json": sessions,
    "economy/t2-sessions-hold.json": holding,
    "economy/t3-agreements.json": agreements,
    "economy/t4-proposals.json": proposals,
    "economy/t5-proposals-review.json": reviews,
    "economy/t6-proposals-adopt.json": adoptions,
    "education/1-organizations.json": organizations,
    "education/2-organizations-register.json": registrations,
    "education/3-microcredentials.json": microcredentials,
    "education/4-microcredentials-publish.json": publishing,
    "education/3-credit-rules.json": credit_rules,
    "education/3-national-profiles.json": national_profiles,
    "education/6-campuses.json": campuses,
    "education/7-programs-1.json": lambda: programs(1),
    "education/8-programs-2.json": lambda: programs(2),
    "education/9-programs-publish.json": publishing_programs,
    "education/3-teacher-rules.json": teacher_rules,
    **{f"education/f{number}-facilities.json": functools.partial(facilities, owner)
       for number, owner in enumerate(dict.fromkeys(owner for _, owner, *_ in FACILITIES), 1)},
    **{f"education/t{number}-{kind}.json": functools.partial(make, organization)
       for number, (organization, *_) in enumerate(TEACHERS, 1)
       for kind, make in (("teachers", teachers), ("trainings", trainings))},
    "science/1-technologies.json": technologies,
    "science/2-skill-signals.json": signals,
    "science/3-innovation-projects.json": projects,
    "gateway/0-certifiers.json": certifiers,
    "gateway/1-certifiers-confirm.json": entries,
    "gateway/2-proposals-implement.json": implementations,
    "gateway/3-submissions.json": submissions,
    "gateway/4-submissions-assign.json": assignments,
    "gateway/5-dossiers.json": dossiers,
    "gateway/6-decisions.json": decisions,
    "gateway/7-report-definitions.json": report_definitions,
}


def main():
    differing = []
    for path, make in FILES.items():
        text = json.dumps(make(), ensure_ascii=False, indent=1) + "\n"
        file = HERE / path
        if "--check" in sys.argv[1:]:
            if not file.exists() or file.read_text(encoding="utf-8") != text:
                differing.append(path)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    if differing:
        sys.exit(f"differ from data/generate.py: {', '.join(differing)}; run data/generate.py")


if __name__ == "__main__":
    main()
