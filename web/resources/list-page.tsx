import type { Route } from "next";
import { get } from "../api/server.ts";
import { ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { Failure } from "../components/failure.tsx";
import { controlLook } from "../components/form/field.tsx";
import { Link } from "../components/link.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { StillIcon } from "../components/still-icon.tsx";
import { serverText } from "../messages/server.ts";
import { NounCommands } from "./commands.tsx";
import { LiveRow } from "./live-row.tsx";
import { fieldsOf, type Noun, type NounField, type NounRow, nameOf, personOf } from "./resource.ts";
import { Value } from "./value.tsx";

/** What the address of a list says. */
export type ListQuery = Readonly<Record<string, string | string[] | undefined>>;

const pageRows = 50;

interface Props {
  readonly noun: Noun;
  readonly query: ListQuery;
}

/** The list of one noun: found by part of a name, page by page. */
export async function nounListPage({ noun, query }: Props) {
  const { t } = await serverText();
  const q = typeof query.q === "string" ? query.q : "";
  const cursor = typeof query.cursor === "string" ? query.cursor : "";
  const asked = new URLSearchParams({ limit: String(pageRows), sort: "name", ...(q === "" ? {} : { q }) });
  if (cursor !== "") asked.set("cursor", cursor);
  const reply = await get<readonly NounRow[]>(`/api/${noun.plural}?${asked}`);
  return (
    <>
      <PageHeader
        title={t(noun.title)}
        actions={
          <ButtonLink look="primary" href={`/${noun.plural}/new`}>
            <StillIcon name="plus" size={15} />
            {t(noun.add)}
          </ButtonLink>
        }
      />
      <NounCommands noun={noun.plural} />
      <search className="mb-4 block max-w-sm">
        <form className="flex gap-2">
          <input
            type="search"
            name="q"
            id="search"
            defaultValue={q}
            aria-label={t("noun.search")}
            placeholder={t("noun.search")}
            className={controlLook}
          />
          <button
            type="submit"
            aria-label={t("noun.search")}
            className="rounded-md border border-line bg-surface px-2.5"
          >
            <StillIcon name="find" size={15} />
          </button>
        </form>
      </search>
      {reply.ok ? (
        <Rows noun={noun} rows={reply.data} q={q} next={reply.page?.next_cursor ?? null} isFirst={cursor === ""} />
      ) : (
        <Failure refusal={reply} />
      )}
    </>
  );
}

interface RowsProps {
  readonly noun: Noun;
  readonly rows: readonly NounRow[];
  readonly q: string;
  readonly next: string | null;
  readonly isFirst: boolean;
}

async function Rows({ noun, rows, q, next, isFirst }: RowsProps) {
  const { t } = await serverText();
  const link = (cursor: string): Route =>
    `/${noun.plural}?${new URLSearchParams({ ...(q === "" ? {} : { q }), cursor })}`;
  if (rows.length === 0) {
    return (
      <Card>
        <Empty title={t(q === "" ? "noun.none" : "noun.nothingFound", { q })}>
          <Link href={q === "" ? `/${noun.plural}/new` : `/${noun.plural}`} className="text-accent underline">
            {t(q === "" ? noun.add : "noun.showAll")}
          </Link>
        </Empty>
      </Card>
    );
  }
  return (
    <>
      <Card className="overflow-x-auto">
        <NounTable noun={noun} rows={rows} />
      </Card>
      <nav aria-label={t("noun.pages")} className="mt-3 flex justify-between">
        {isFirst ? <span /> : <ButtonLink href={`/${noun.plural}`}>{t("noun.firstPage")}</ButtonLink>}
        {next !== null && <ButtonLink href={link(next)}>{t("noun.nextPage")}</ButtonLink>}
      </nav>
    </>
  );
}

async function NounTable({ noun, rows }: { readonly noun: Noun; readonly rows: readonly NounRow[] }) {
  const { t } = await serverText();
  const columns = noun.columns.flatMap((name) => fieldsOf(noun).filter((field) => field.name === name));
  return (
    <table className="w-full">
      <thead>
        <tr className="border-line border-b text-left text-muted text-xs">
          <th scope="col" className="px-4 py-2 font-medium">
            {t("field.name")}
          </th>
          {columns.map(({ name, label, kind }) => (
            <th
              key={name}
              scope="col"
              className={`px-3 py-2 font-medium max-sm:hidden ${kind === "amount" ? "text-right" : ""}`}
            >
              {t(label)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const person = personOf(noun.plural, row);
          return (
            <LiveRow
              key={row.id}
              path={`/api/${noun.plural}/${row.id}`}
              className="border-line border-b last:border-0 hover:bg-canvas"
            >
              <th scope="row" className="px-4 py-1.5 text-left font-normal">
                <Link href={`/${noun.plural}/${row.id}`} className="font-medium text-accent hover:underline">
                  {nameOf(noun.plural, row)}
                </Link>
                {person !== null && (
                  <span className="ml-2 inline-block whitespace-nowrap text-muted text-xs max-xl:ml-0 max-xl:block">
                    {person}
                  </span>
                )}
                <span className="block text-muted text-xs sm:hidden">{briefOf(row, columns)}</span>
              </th>
              {columns.map((field) => (
                <td
                  key={field.name}
                  className={`whitespace-nowrap px-3 py-1.5 max-sm:hidden ${field.kind === "amount" ? "text-right" : ""}`}
                >
                  <Value field={field} value={row[field.name] || null} t={t} isCell />
                </td>
              ))}
            </LiveRow>
          );
        })}
      </tbody>
    </table>
  );
}

/** On a phone, where there is no room for columns: what stands in the first two of them. */
function briefOf(row: NounRow, columns: readonly NounField[]): string {
  const values = columns.slice(0, 2).map(({ name }) => row[name]);
  return values.filter((value) => typeof value === "string" && value !== "").join(", ");
}
