#!/usr/bin/env python3
"""The figures of a vacancy file for every state and the whole country, computed from the rules
apart from the system: figures.py FILE prints {"": {...}, "01": {...}, ...} as JSON. For the layout
of Mexico's public employment portal of 2020 alone. Medians are MXN with two decimals."""

import csv
import json
import statistics
import sys
from fractions import Fraction

STATES = ("Aguascalientes,Baja California,Baja California Sur,Campeche,Coahuila,Colima,Chiapas,"
          "Chihuahua,Ciudad de México,Durango,Guanajuato,Guerrero,Hidalgo,Jalisco,México,Michoacán,"
          "Morelos,Nayarit,Nuevo León,Oaxaca,Puebla,Querétaro,Quintana Roo,San Luis Potosí,Sinaloa,"
          "Sonora,Tabasco,Tamaulipas,Tlaxcala,Veracruz,Yucatán,Zacatecas").split(",")
BORDER = {
    "Sonora": "San Luis Río Colorado,Puerto Peñasco,General Plutarco Elías Calles,Caborca,Altar,"
              "Sáric,Nogales,Santa Cruz,Cananea,Naco,Agua Prieta",
    "Chihuahua": "Janos,Ascensión,Juárez,Praxedis G. Guerrero,Guadalupe,Coyame del Sotol,Ojinaga,"
                 "Manuel Benavides",
    "Coahuila": "Ocampo,Acuña,Zaragoza,Jiménez,Piedras Negras,Nava,Guerrero,Hidalgo",
    "Nuevo León": "Anáhuac",
    "Tamaulipas": "Nuevo Laredo,Guerrero,Mier,Miguel Alemán,Camargo,Gustavo Díaz Ordaz,Reynosa,"
                  "Río Bravo,Valle Hermoso,Matamoros",
}
MINIMUM = {"general": 12322, "border": 18556}  # centavos a day in 2020
CONTRACTS = {"Contrato por tiempo indeterminado": "passed", "No especificado": "unknown",
             "Contrato por salario por unidad de tiempo": "unknown"}  # all others fail


def zone(row):
    # Every municipality of that file is one of INEGI's: none leaves its zone unknown.
    municipalities = BORDER.get(row["state"], "").split(",")
    border = row["state"] == "Baja California" or row["municipality"] in municipalities
    return "border" if border else "general"


def judge(row):
    minimum = MINIMUM[zone(row)]
    minutes = Fraction(row["hours_worked"]) * 60 * int(row["days_worked"])
    said = {True: "passed", False: "failed"}
    found = {
        "wage": said[Fraction(row["salary"]) * 100 * 12 >= 2 * minimum * 365],
        "contract": CONTRACTS.get(row["contract_type"], "failed"),
        "hours": said[minutes <= 48 * 60],
        "rest": said[int(row["days_worked"]) <= 6],
    }
    found["verdict"] = next((worst for worst in ("failed", "unknown") if worst in found.values()),
                            "passed")
    return found


def figures(rows):
    median = statistics.median(Fraction(row["salary"]) for row in rows)
    quality = {}
    for row in rows:
        for component, outcome in judge(row).items():
            counts = quality.setdefault(component, {"passed": 0, "failed": 0, "unknown": 0})
            counts[outcome] += 1
    return {
        "vacancy_count": len(rows),
        "first_offer_date": min(row["isodate"] for row in rows),
        "last_offer_date": max(row["isodate"] for row in rows),
        "median_monthly_wage": f"{float(median):.2f}",
        "asking_english_count": sum("Inglés-" in row["languages"] for row in rows),
        # Of all: it says "No es requisito" where none is.
        "language_count": sum(bool(row["languages"]) for row in rows),
        "hours_count": sum(Fraction(row["hours_worked"]) > 0 for row in rows),
        "offer_months": sorted({row["isodate"][:7] for row in rows}),
        "wage_zones": sorted({zone(row) for row in rows}),
        "hours_suspect_count": sum(Fraction(row["hours_worked"]) == 24 for row in rows),
        "quality": quality,
    }


def main(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    result = {"": figures(rows)}
    for code, state in enumerate(STATES, 1):
        here = [row for row in rows if row["state"] == state]
        if here:
            result[f"{code:02}"] = figures(here)
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main(*sys.argv[1:])
