// A list of an agency's records: a page of them, more on demand, and a hole where the agency does not answer.
import { call, ownerOf, Problem, type Answer, type Method, type Request } from "./call";
import { h, type Child } from "./dom";
import { agencyName } from "./labels";
import { generated, growing, none, problemNode, table, type Column } from "./parts";
import { t } from "./session";

interface List<M extends Method, Row> {
  method: M;
  request: Request<M>;
  rows: (answer: Answer<M>) => Row[] | undefined;
  caption: string;
  empty: string;
  columns: Column<Row>[];
  purpose?: string;
  server?: string;
  signal?: AbortSignal;
  size?: number; // rows of a page, in place of PAGE
}

const PAGE = 50;
const EMPTY = 10; // pages without a row that are read on for the next one, which may have some
const MOST = 200; // of a list that is read to its end

export async function list<M extends Method, Row>(what: List<M, Row>): Promise<Child[]> {
  const rows: Row[] = [];
  const owner = what.server ?? ownerOf(what.method);
  const next = async (token: string) => {
    const had = rows.length;
    let onward: string | undefined = token;
    for (let pages = 0; rows.length === had && (!pages || onward) && pages < EMPTY; pages++) {
      const request = {
        pageSize: what.size ?? PAGE,
        ...what.request,
        ...(onward ? { pageToken: onward } : {}),
      } as Request<M>;
      const answer: Answer<M> = await call(what.method, request, {
        purpose: what.purpose,
        server: what.server,
        signal: token ? undefined : what.signal,
      });
      rows.push(...(what.rows(answer) ?? []));
      onward = (answer as { nextPageToken?: string }).nextPageToken;
    }
    return { token: onward };
  };
  const content = (onward: string | undefined) => [
    generated(
      rows.some((row: any) => row.recordKind === "RECORD_KIND_GENERATED") ? "RECORD_KIND_GENERATED" : "",
    ),
    rows.length
      ? table(what.caption, what.columns, rows)
      : none(onward ? t("Aún no se encuentra nada.", "Nothing was found yet.") : what.empty),
  ];
  const after = h("p", { class: "source" }, `${t("De ", "From ")}${agencyName(owner)}.`);
  try {
    const { token } = await next("");
    return growing({ owner, content, count: () => rows.length, next, after }, token);
  } catch (error) {
    if (what.signal?.aborted) throw error;
    return [problemNode(error, owner)];
  }
}

// A list to its end, where what is not on it must not be there.
export async function all<M extends Method, Row>(
  method: M,
  request: Request<M>,
  rows: (answer: Answer<M>) => Row[] | undefined,
  options: { purpose?: string; signal?: AbortSignal } = {},
): Promise<Row[]> {
  const found: Row[] = [];
  for (let pageToken: string | undefined = ""; pageToken !== undefined; ) {
    const answer: Answer<M> = await call(method, { pageSize: MOST, ...request, pageToken }, options);
    found.push(...(rows(answer) ?? []));
    pageToken = (answer as { nextPageToken?: string }).nextPageToken || undefined;
  }
  return found;
}

// A record by its name, or why it can't be shown.
export async function one<M extends Method>(
  method: M,
  name: string,
  options: { purpose?: string; signal?: AbortSignal } = {},
): Promise<Answer<M>> {
  return call(method, { name } as Request<M>, options);
}

// A record by its name, or nothing where there is none.
export async function oneOrNone<M extends Method>(
  method: M,
  name: string,
  options: { purpose?: string; signal?: AbortSignal } = {},
): Promise<Answer<M> | undefined> {
  try {
    return await one(method, name, options);
  } catch (error) {
    if (error instanceof Problem && error.code === "not_found") return undefined;
    throw error;
  }
}
