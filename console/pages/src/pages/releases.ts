// What agencies have released and never change: figures as they were told at a moment, vocabularies, terms of offers.
import type { AwardRelease, DemandRelease, OfferTerm, PlaceRelease, VocabularyRelease } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, day, moment } from "../format";
import { labelsOf, lastId } from "../labels";
import { list } from "../list";
import { block, type Column } from "../parts";
import type { Context, Page } from "../router";
import { ownId, session, t } from "../session";

interface Release {
  name?: string;
  recordKind?: string;
  createTime?: string;
}
const columns = <Row extends Release>(...further: Column<Row>[]): Column<Row>[] => [
  { head: t("número", "number"), kind: "head", cell: (row) => lastId(row.name ?? "") },
  { head: t("se hizo", "made"), cell: (row) => moment(row.createTime) },
  { head: t("registros", "records"), cell: (row) => word(row.recordKind) },
  ...further,
];
const until = <Row extends { lastDate?: any }>(): Column<Row> => ({
  head: t("cuenta hasta el", "counts until"),
  cell: (row) => day(row.lastDate),
});
const texts = () => ({
  caption: t("Publicaciones", "Releases"),
  empty: t("Aún no hay ninguna.", "There is none yet."),
});

const economy = async ({ signal }: Context): Promise<Child[]> => [
  block(
    t("Economía: demanda", "Economy: demand"),
    await list({
      method: "puente.economy.v1.DemandReleaseService/ListDemandReleases",
      request: {},
      rows: (answer) => answer.demandReleases,
      signal,
      ...texts(),
      columns: columns<DemandRelease>({
        head: t("mesas", "tables"),
        cell: (row) => labelsOf(row.sectors?.map((sector) => sector.sectorTable ?? "")),
      }),
    }),
  ),
  block(
    t("Economía: plazas de formación", "Economy: training places"),
    await list({
      method: "puente.economy.v1.PlaceReleaseService/ListPlaceReleases",
      request: {},
      rows: (answer) => answer.placeReleases,
      signal,
      ...texts(),
      columns: columns<PlaceRelease>(until()),
    }),
  ),
];

const education = async ({ signal }: Context): Promise<Child[]> => [
  block(
    t("Educación: otorgamientos", "Education: awards"),
    await list({
      method: "puente.education.v1.AwardReleaseService/ListAwardReleases",
      request: {},
      rows: (answer) => answer.awardReleases,
      signal,
      ...texts(),
      columns: columns<AwardRelease>(until()),
    }),
  ),
];

const labor = async ({ signal }: Context): Promise<Child[]> => [
  block(
    t("Trabajo: vocabularios", "Labor: vocabularies"),
    await list({
      method: "puente.labor.v1.VocabularyReleaseService/ListVocabularyReleases",
      request: {},
      rows: (answer) =>
        answer.vocabularyReleases?.filter((row) => row.state === "VOCABULARY_RELEASE_STATE_PUBLISHED"),
      signal,
      caption: t("Versiones de vocabularios", "Releases of vocabularies"),
      empty: t("Aún no hay ninguna.", "There is none yet."),
      columns: [
        {
          head: t("vocabulario", "vocabulary"),
          kind: "head",
          cell: (row: VocabularyRelease) => [
            `${row.framework} ${row.versionLabel ?? ""}`,
            h("span", { class: "fine block" }, row.origin ?? ""),
          ],
        },
        { head: t("ocupaciones", "occupations"), kind: "number", cell: (row) => count(row.occupationCount) },
        { head: t("herramientas", "tools"), kind: "number", cell: (row) => count(row.toolCount) },
        { head: t("habilidades", "skills"), kind: "number", cell: (row) => count(row.skillCount) },
        { head: t("publicada el", "published at"), cell: (row) => moment(row.publishTime) },
      ],
    }),
  ),
  block(
    t("Trabajo: hasta cuándo siguen abiertas las ofertas", "Labor: how long offers stay open"),
    await list({
      method: "puente.labor.v1.OfferTermService/ListOfferTerms",
      request: {},
      rows: (answer) => answer.offerTerms,
      signal,
      caption: t("Plazos por fuente", "Terms by source"),
      empty: t("Nadie los ha indicado.", "Nobody has stated any."),
      columns: [
        { head: t("fuente", "source"), kind: "head", cell: (row: OfferTerm) => row.vacancySource ?? "" },
        {
          head: t("abiertas", "open"),
          cell: (row) => [word(row.openness), row.days ? `: ${count(row.days)}` : ""],
        },
        { head: t("desde el", "from"), cell: (row) => day(row.effectiveDate) },
        { head: t("según", "by"), cell: (row) => row.basis ?? "" },
      ],
    }),
  ),
];

const OWNERS: Record<string, (context: Context) => Promise<Child[]>> = { economy, education, labor };

async function showReleases(context: Context): Promise<Child[]> {
  const owners = session().kind === "agency" ? [ownId()] : Object.keys(OWNERS);
  return [
    h("h1", null, t("Lo publicado", "What is released")),
    h(
      "p",
      { class: "lead" },
      t(
        "Cifras que se dijeron en un momento, vocabularios y plazos. Se conservan: lo que uno dijo no cambia.",
        "Figures that were told at a moment, vocabularies and terms. They are kept: what one said does not change.",
      ),
    ),
    await Promise.all(owners.map((owner) => OWNERS[owner](context))),
  ];
}

export const releases: Page = {
  path: "releases",
  title: () => t("Lo publicado", "What is released"),
  group: "rule",
  kinds: ["agency/economy", "agency/education", "agency/labor", "auditor"],
  show: showReleases,
};
