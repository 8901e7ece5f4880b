"""Learners of the sample's school, who exist nowhere, as files for the loaders: they enrol, are assessed,
and most have an award. The same arguments give the same rows.

Their CURPs are valid in form, so that all that is checked of real ones is checked of these, and are
nobody's: each is of somebody born abroad (NE), whose surnames both begin with X, and has the last of the
characters that the register gives to tell alike persons apart (Z, or 9 for who was born before 2000). It
would need 26 real persons, or ten, with all sixteen characters before alike.
"""

import datetime

SCHOOL = "tecnologico-bajio-muestra"
STATES = ["11", "11", "11", "22", "22", "14"]  # of residence, by turns
CONSONANTS = "BCDFGHJKLMNPQRSTVWXYZ"
# In the order of the register's table, in which Ñ follows N.
DIGITS = "0123456789ABCDEFGHIJKLMN#OPQRSTUVWXYZ"
OLDEST, DAYS = datetime.date(1990, 1, 1), 6570  # birth dates up to the end of 2007
FIRST, COURSE = datetime.date(2026, 2, 2), 120   # enrolments begin within so many days
LEARNS = 45  # days from there to the assessment
# Of 20 learners: how many have an award, wait for it, for a result, for an assessment.
AWARDED, PASSED, ASSESSED, ENROLLED = 11, 3, 3, 3
NAMES = ["Alba", "Bruno", "Citlali", "Darío", "Elisa", "Fermín", "Gala", "Hugo", "Inés", "Joel"]
SURNAMES = ["Xmuestra", "Xejemplo", "Xprueba", "Xficticio"]


def curp(number):
    """The number-th, below 9,261 for each birth date."""
    born = OLDEST + datetime.timedelta(days=number * 7 % DAYS)
    inner, rest = "", number
    for _ in range(3):
        rest, place = divmod(rest, len(CONSONANTS))
        inner += CONSONANTS[place]
    text = f"XXX{CONSONANTS[number % 7]}{born:%y%m%d}{'MH'[number % 2]}NE{inner}{'9' if born.year < 2000 else 'Z'}"
    total = sum(DIGITS.index(character) * (18 - place) for place, character in enumerate(text))
    return f"{text}{-total % 10}"


def stage(number):
    """What the number-th learner has come to: one of 20 by turns."""
    place = number % 20
    for name, count in (("awarded", AWARDED), ("passed", PASSED), ("assessed", ASSESSED)):
        if place < count:
            return name
        place -= count
    return "enrolled"


def begin(number):
    return FIRST + datetime.timedelta(days=number * 11 % COURSE)


def learner_rows(count):
    yield ("identifier_scheme", "identifier", "given_names", "first_surname", "second_surname",
           "birth_date", "sex", "state_code")
    for number in range(count):
        yield ("CURP", curp(number), NAMES[number % len(NAMES)], SURNAMES[number % len(SURNAMES)],
               "Xmuestra", "", ("WOMAN", "MAN")[number % 2], STATES[number % len(STATES)])


def enrolment_rows(learners, versions):
    """`learners`: names of the count learners, in the order of learner_rows()."""
    yield ("learner", "microcredential_version", "program", "campus", "begin_date", "state",
           "end_date")
    for number, learner in enumerate(learners):
        yield (learner, versions[number % len(versions)], "", "", begin(number), "ENROLLED", "")


def assessment_rows(enrolments):
    yield ("enrolment", "attempt", "assess_date", "certifier", "centre", "evaluator", "instrument",
           "supervision", "identity_check", "result", "grade", "reason")
    for number, enrolment in enumerate(enrolments):
        if stage(number) == "enrolled":
            continue
        passed = stage(number) != "assessed"
        yield (enrolment, 1, begin(number) + datetime.timedelta(days=LEARNS), "", "",
               "evaluador-muestra", "instrumento-muestra", "IN_PERSON", "DOCUMENT",
               "PASSED" if passed else "", str(8 + number % 3) if passed else "", "")


def award_rows(assessments, day):
    """`assessments`: of those who are awarded, by the learners' numbers."""
    yield ("assessment", "issue_date", "end_date", "grade")
    for number, assessment in assessments.items():
        yield (assessment, day, "", str(8 + number % 3))
