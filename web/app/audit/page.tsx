import type { Metadata, Route } from "next";
import { Entries } from "../../access/audit/entries.tsx";
import type { Entry } from "../../access/audit/entry.ts";
import { AuditFilter } from "../../access/audit/filter.tsx";
import { NoRight } from "../../access/no-right.tsx";
import { get } from "../../api/server.ts";
import { may } from "../../api/session/current.ts";
import { ButtonLink } from "../../components/button.tsx";
import { Failure } from "../../components/failure.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { serverText } from "../../messages/server.ts";

const filters = ["principal", "user_id", "resource", "resource_id", "from", "to"] as const;
const rows = 100;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.audit") };
}

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Who did what, and when. */
export default async function AuditPage({ searchParams }: Props) {
  if (!(await may("read-audit"))) return <NoRight right="read-audit" />;
  const given = await searchParams;
  const asked = new URLSearchParams();
  for (const name of filters) {
    const value = given[name];
    if (typeof value === "string" && value !== "") asked.set(name, value);
  }
  const cursor = typeof given.cursor === "string" ? { cursor: given.cursor } : {};
  const reply = await get<readonly Entry[]>(
    `/api/audit?${new URLSearchParams({ ...Object.fromEntries(asked), ...cursor, limit: String(rows) })}`,
  );
  const { t } = await serverText();
  const next = reply.ok ? (reply.page?.next_cursor ?? null) : null;
  const nextPage: Route = `/audit?${new URLSearchParams({ ...Object.fromEntries(asked), cursor: next ?? "" })}`;
  return (
    <>
      <PageHeader title={t("nav.audit")} about={t("audit.about")} />
      <AuditFilter asked={asked} />
      {reply.ok ? <Entries entries={reply.data} /> : <Failure error={reply} />}
      {next !== null && (
        <div className="mt-3 flex justify-end">
          <ButtonLink href={nextPage}>{t("resource.nextPage")}</ButtonLink>
        </div>
      )}
    </>
  );
}
