// What agencies have released and never change: figures as they were told at a moment, vocabularies, terms of offers.
import { call, ownerOf, type Answer, type Method, type Request } from "../call";
import type { AwardRelease, OfferTerm, PlaceRelease, VocabularyRelease } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, day, moment } from "../format";
import { labelsOf, lastId } from "../labels";
import { list } from "../list";
import { block, problemNode, type Column } from "../parts";
import type { Context, Page } from "../router";
import { ownId, session, t } from "../session";
import { writeButton } from "../write";

interface Release {
  name?: string;
  recordKind?: string;
  createTime?: string;
}

const until = <Row extends { lastDate?: any }>(): Column<Row> => ({
  head: t("cuenta hasta el", "counts until"),
  cell: (row) => day(row.lastDate),
});

// Milliseconds: between looks for what was asked for, at first and at last; and until it is said that there is none.
// One of five million awards took three minutes.
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15_000;
const LIMIT = 600_000;

interface Releases<A extends Method, L extends Method, Row extends Release> {
  title: string;
  ask: A; // asks for one now
  list: L; // the newest first
  rows: (answer: Answer<L>) => Row[] | undefined;
  columns: Column<Row>[]; // besides those of all releases
}

// A release is made in the background, so that the page looks until there is another one.
function askButton<A extends Method, L extends Method, Row extends Release>(
  what: Releases<A, L, Row>,
  context: Context,
): Child {
  const owner = ownerOf(what.ask);
  if (session().caller !== `agency/${owner}`) return null;
  const box = h("p", { role: "status" });
  const { signal } = context;
  const newest = async () =>
    what.rows(await call(what.list, { pageSize: 1 } as Request<L>, { signal }))?.[0]?.name;
  // Since a release may come by itself at any time: the newest when it was asked.
  let before: Promise<string | undefined>;
  const follow = async () => {
    button.disabled = true; // one that is being made would begin anew
    box.replaceChildren(
      h("span", { class: "tag open" }, t("pedida", "asked for")),
      t("Se prepara; aquí aparece cuando esté.", "It is being made; it appears here once it is there."),
    );
    try {
      const until = Date.now() + LIMIT;
      for (let pause = FIRST_PAUSE; Date.now() < until; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
        await new Promise((go) => setTimeout(go, pause));
        if (signal.aborted) return;
        if ((await newest()) !== (await before)) return context.refresh();
      }
    } catch (error) {
      if (!signal.aborted) box.replaceChildren(problemNode(error, owner));
      return;
    } finally {
      button.disabled = false;
    }
    box.replaceChildren(
      t(
        "No hay otra: nada de lo que se cuenta cambió desde la última, o sigue en preparación.",
        "There is no other: nothing of what is counted has changed since the last one, or it is still being made.",
      ),
    );
  };
  const button = writeButton({
    button: t("Pedir una publicación", "Ask for a release"),
    title: `${t("Pedir una publicación", "Ask for a release")}: ${what.title}`,
    method: what.ask,
    preview: t(
      "Se hará otra publicación con lo que está registrado ahora. La que hay se conserva; la nueva no se puede deshacer.",
      "Another release will be made of what is recorded now. The one that is there is kept; the new one can't be undone.",
    ),
    request: () => {
      before = newest();
      before.catch(() => {}); // told once it is awaited
      return { requestId: crypto.randomUUID() } as Request<A>;
    },
    done: () => void follow(),
  });
  return [h("div", { class: "buttons" }, button), box];
}

const releaseBlock = async <A extends Method, L extends Method, Row extends Release>(
  what: Releases<A, L, Row>,
  context: Context,
): Promise<Child> =>
  block(
    what.title,
    askButton(what, context),
    await list({
      method: what.list,
      request: {} as Request<L>,
      rows: what.rows,
      signal: context.signal,
      caption: t("Publicaciones", "Releases"),
      empty: t("Aún no hay ninguna.", "There is none yet."),
      columns: [
        { head: t("número", "number"), kind: "head", cell: (row) => lastId(row.name ?? "") },
        { head: t("se hizo", "made"), cell: (row) => moment(row.createTime) },
        { head: t("registros", "records"), cell: (row) => word(row.recordKind) },
        ...what.columns,
      ],
    }),
  );

const economy = async (context: Context): Promise<Child[]> => [
  await releaseBlock(
    {
      title: t("Economía: demanda", "Economy: demand"),
      ask: "puente.economy.v1.DemandService/ReleaseDemand",
      list: "puente.economy.v1.DemandReleaseService/ListDemandReleases",
      rows: (answer) => answer.demandReleases,
      columns: [
        {
          head: t("mesas", "tables"),
          cell: (row) => labelsOf(row.sectors?.map((sector) => sector.sectorTable ?? "")),
        },
      ],
    },
    context,
  ),
  await releaseBlock(
    {
      title: t("Economía: plazas de formación", "Economy: training places"),
      ask: "puente.economy.v1.PlaceReleaseService/ReleasePlaces",
      list: "puente.economy.v1.PlaceReleaseService/ListPlaceReleases",
      rows: (answer) => answer.placeReleases,
      columns: [until<PlaceRelease>()],
    },
    context,
  ),
];

const education = async (context: Context): Promise<Child[]> => [
  await releaseBlock(
    {
      title: t("Educación: otorgamientos", "Education: awards"),
      ask: "puente.education.v1.AwardReleaseService/ReleaseAwards",
      list: "puente.education.v1.AwardReleaseService/ListAwardReleases",
      rows: (answer) => answer.awardReleases,
      columns: [until<AwardRelease>()],
    },
    context,
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
