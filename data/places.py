"""Training places that companies of the sample offer, who exist nowhere, as files for the loader, and who
of the sample's learners is placed there. The same day gives the same rows, and so does any other of its
month: what is offered is offered from the first of the month on for half a year.
"""

import datetime

# Of each company what it offers: titles, division of occupations (SINCO), skills, seats, hours a week.
TIG = ("Soldadura TIG", "TIG welding", "7", ["welding"], 3, 30)
PLC = ("Programación de PLC", "PLC programming", "2", ["plc-programming"], 2, 30)
LINE = ("Operación de línea", "Line operation", "8", ["quality-control", "lean-manufacturing"], 6, 40)
OFFERS = {"acme": ("11", "Silao", [TIG, PLC]), "bajio-autopartes": ("11", "Celaya", [TIG, LINE]),
          "motores-leon": ("11", "León", [PLC]), "alas-queretaro": ("22", "Querétaro", [TIG, PLC]),
          "arneses-saltillo": ("05", "Saltillo", [LINE]), "armadora-cuautla": ("21", "Puebla", [LINE, TIG])}
# Who confirms, and how many learners it gets of those who have not earned an award yet.
COMPANY, PLACED, CONFIRMED = "acme", 4, 2
STAY = datetime.timedelta(days=60)


def first_day(today):
    return today.replace(day=1)


def last_day(today):
    """Of the sixth month, this one counted."""
    month = today.month + 5
    first_after = datetime.date(today.year + month // 12, month % 12 + 1, 1)
    return first_after - datetime.timedelta(days=1)


def place_id(today, number):
    return f"muestra-{today:%Y-%m}-{number}"


def offer_rows(company, today):
    yield ("training_place_id", "title_es", "title_en", "state_code", "municipality",
           "occupation_code", "skills", "start_date", "end_date", "seat_count", "weekly_hours",
           "conditions_es", "conditions_en", "requirements_es", "requirements_en")
    state, municipality, offers = OFFERS[company]
    for number, (title, title_en, occupation, skills, seats, hours) in enumerate(offers):
        yield (place_id(today, number), f"{title} (muestra)", f"{title_en} (sample)", state,
               municipality, occupation, ";".join(skills), first_day(today), last_day(today), seats,
               hours, "Apoyo para transporte.", "Help with transport.", "", "")


def placements(learners, today):
    """`learners`: names of those who may be placed. Of each: the learner, the place, first and last day."""
    for number, learner in enumerate(learners[:PLACED]):
        name = f"companies/{COMPANY}/trainingPlaces/{place_id(today, number % 2)}"
        yield learner, name, today, today + STAY
