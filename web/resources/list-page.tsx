import type { Route } from "next";
import { get } from "../api/server.ts";
import { currentSession, may } from "../api/session/current.ts";
import { ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { Failure } from "../components/failure.tsx";
import { controlLook } from "../components/form/field.tsx";
import { Link } from "../components/link.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { StaticIcon } from "../components/static-icon.tsx";
import { serverText } from "../messages/server.ts";
import { ResourceCommands } from "./commands.tsx";
import { LiveRow } from "./live-row.tsx";
import {
  fieldsOf,
  isSeen,
  nameOf,
  personOf,
  type Resource,
  type ResourceField,
  type ResourceRow,
  rightToWrite,
} from "./resource.ts";
import { Value } from "./value.tsx";

/** The query in the address of a list. */
export type ListQuery = Readonly<Record<string, string | string[] | undefined>>;

const pageRows = 50;

interface Props {
  readonly resource: Resource;
  readonly query: ListQuery;
}

/** The list of one resource: searched by part of a name, page by page. */
export async function resourceListPage({ resource, query }: Props) {
  const { t } = await serverText();
  const q = typeof query.q === "string" ? query.q : "";
  const cursor = typeof query.cursor === "string" ? query.cursor : "";
  const asked = new URLSearchParams({ limit: String(pageRows), sort: "name", ...(q === "" ? {} : { q }) });
  if (cursor !== "") asked.set("cursor", cursor);
  const reply = await get<readonly ResourceRow[]>(`/api/${resource.plural}?${asked}`);
  const mayWrite = await may(rightToWrite(resource.plural));
  return (
    <>
      <PageHeader
        title={t(resource.title)}
        actions={
          mayWrite && (
            <ButtonLink look="primary" href={`/${resource.plural}/new`}>
              <StaticIcon name="plus" size={15} />
              {t(resource.add)}
            </ButtonLink>
          )
        }
      />
      <ResourceCommands resource={resource.plural} />
      <search className="mb-4 block max-w-sm">
        <form className="flex gap-2">
          <input
            type="search"
            name="q"
            id="search"
            defaultValue={q}
            aria-label={t("resource.search")}
            placeholder={t("resource.search")}
            className={controlLook}
          />
          <button
            type="submit"
            aria-label={t("resource.search")}
            className="rounded-md border border-line bg-surface px-2.5"
          >
            <StaticIcon name="find" size={15} />
          </button>
        </form>
      </search>
      {reply.ok ? (
        <Rows
          resource={resource}
          rows={reply.data}
          q={q}
          next={reply.page?.next_cursor ?? null}
          isFirst={cursor === ""}
        />
      ) : (
        <Failure error={reply} />
      )}
    </>
  );
}

interface RowsProps {
  readonly resource: Resource;
  readonly rows: readonly ResourceRow[];
  readonly q: string;
  readonly next: string | null;
  readonly isFirst: boolean;
}

async function Rows({ resource, rows, q, next, isFirst }: RowsProps) {
  const { t } = await serverText();
  const link = (cursor: string): Route =>
    `/${resource.plural}?${new URLSearchParams({ ...(q === "" ? {} : { q }), cursor })}`;
  if (rows.length === 0) {
    return (
      <Card>
        <Empty title={t(q === "" ? "resource.none" : "resource.nothingFound", { q })}>
          {(q !== "" || (await may(rightToWrite(resource.plural)))) && (
            <Link href={q === "" ? `/${resource.plural}/new` : `/${resource.plural}`} className="text-accent underline">
              {t(q === "" ? resource.add : "resource.showAll")}
            </Link>
          )}
        </Empty>
      </Card>
    );
  }
  return (
    <>
      <Card className="overflow-x-auto">
        <ResourceTable resource={resource} rows={rows} />
      </Card>
      <nav aria-label={t("resource.pages")} className="mt-3 flex justify-between">
        {isFirst ? <span /> : <ButtonLink href={`/${resource.plural}`}>{t("resource.firstPage")}</ButtonLink>}
        {next !== null && <ButtonLink href={link(next)}>{t("resource.nextPage")}</ButtonLink>}
      </nav>
    </>
  );
}

async function ResourceTable({
  resource,
  rows,
}: {
  readonly resource: Resource;
  readonly rows: readonly ResourceRow[];
}) {
  const { t } = await serverText();
  const session = await currentSession();
  const fields = fieldsOf(resource).filter((field) => isSeen(field, session));
  const columns = resource.columns.flatMap((name) => fields.filter((field) => field.name === name));
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
          const person = personOf(resource.plural, row);
          return (
            <LiveRow
              key={row.id}
              path={`/api/${resource.plural}/${row.id}`}
              className="border-line border-b last:border-0 hover:bg-canvas"
            >
              <th scope="row" className="px-4 py-1.5 text-left font-normal">
                <Link href={`/${resource.plural}/${row.id}`} className="font-medium text-accent hover:underline">
                  {nameOf(resource.plural, row)}
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
                  <Value
                    field={field}
                    value={field.kind === "rate" ? row[field.name] : row[field.name] || null}
                    t={t}
                    isCell
                  />
                </td>
              ))}
            </LiveRow>
          );
        })}
      </tbody>
    </table>
  );
}

/** On a phone, where there is no room for columns: the values of the first two. */
function briefOf(row: ResourceRow, columns: readonly ResourceField[]): string {
  const values = columns.slice(0, 2).map(({ name }) => row[name]);
  return values.filter((value) => typeof value === "string" && value !== "").join(", ");
}
