// Workshops and equipment, and when they are free.
import { call, ownerOf } from "../call";
import type { Facility } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, day, readDay, today } from "../format";
import { labelsOf, stateName } from "../labels";
import { list, one } from "../list";
import { block, facts, filled, generated, none, stateTag, table } from "../parts";
import { link, type Context, type Page } from "../router";
import { session, t } from "../session";
import { titleOf } from "./programs";

const clock = (minute: number | undefined) =>
  `${String(Math.floor((minute ?? 0) / 60)).padStart(2, "0")}:${String((minute ?? 0) % 60).padStart(2, "0")}`;

async function showFacilities(context: Context): Promise<Child[]> {
  const own =
    session().kind === "organization" || session().kind === "company" ? `owner = "${session().caller}"` : "";
  return [
    h("h1", null, t("Talleres y equipo", "Workshops and equipment")),
    h(
      "p",
      { class: "lead" },
      t(
        "Dónde se aprende haciendo: capacidad, horario y qué se enseña.",
        "Where one learns by doing: capacity, hours, and what is taught.",
      ),
    ),
    await list({
      method: "puente.education.v1.FacilityService/ListFacilities",
      request: { filter: own },
      rows: (answer) => answer.facilities,
      signal: context.signal,
      caption: t("Talleres", "Workshops"),
      empty: t("No hay talleres.", "There are no workshops."),
      columns: [
        {
          head: t("taller", "workshop"),
          kind: "head",
          cell: (row: Facility) => h("a", { href: link("facility", { name: row.name }) }, titleOf(row)),
        },
        { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
        { head: t("clase", "kind"), cell: (row) => word(row.kind) },
        { head: t("lugares", "seats"), kind: "number", cell: (row) => count(row.capacity) },
        {
          head: t("horario", "hours"),
          cell: (row) => [
            `${clock(row.opensMinute)}–${clock(row.closesMinute)}`,
            h("span", { class: "fine block" }, (row.weekdays ?? []).map(word).join(" ")),
          ],
        },
        { head: t("para", "for"), cell: (row) => labelsOf(row.skills) },
      ],
    }),
  ];
}

async function showFacility(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "",
    { signal } = context;
  const row = await one("puente.education.v1.FacilityService/GetFacility", name, { signal });
  const method = "puente.education.v1.FacilityService/GetFacilityUse";
  return [
    h("h1", null, titleOf(row)),
    h("p", { class: "lead" }, stateTag(row.state), " ", word(row.kind)),
    generated(row.recordKind),
    facts([
      [t("lugares", "seats"), count(row.capacity)],
      [t("dónde", "where"), [row.municipality ? `${row.municipality}, ` : "", stateName(row.stateCode)]],
      [t("horario", "hours"), `${clock(row.opensMinute)}–${clock(row.closesMinute)}`],
      [t("para", "for"), labelsOf(row.skills)],
    ]),
    block(
      t("Lugares libres en los próximos siete días", "Free seats in the next seven days"),
      await filled(ownerOf(method), async () => {
        const use = await call(
          method,
          { name, beginDate: readDay(today()), endDate: readDay(today(6)) },
          { signal },
        );
        return [
          use.intervals?.length
            ? table(
                t("Lugares libres", "Free seats"),
                [
                  { head: t("día", "day"), kind: "head", cell: (i) => day(i.day) },
                  { head: t("hora", "hour"), cell: (i) => `${clock(i.startMinute)}–${clock(i.endMinute)}` },
                  { head: t("libres", "free"), kind: "number", cell: (i) => count(i.free) },
                ],
                use.intervals,
              )
            : none(t("En estos días no abre.", "It does not open on these days.")),
        ];
      }),
    ),
  ];
}

export const facilities: Page = {
  path: "facilities",
  title: () => t("Talleres y equipo", "Workshops and equipment"),
  group: "work",
  kinds: ["organization", "company"],
  show: showFacilities,
};

export const facility: Page = {
  path: "facility",
  title: () => t("Taller", "Workshop"),
  group: "work",
  kinds: ["*"],
  show: showFacility,
  detail: true,
};
