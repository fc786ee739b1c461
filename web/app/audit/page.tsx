import type { Metadata, Route } from "next";
import { localTime } from "../../access/local-time.ts";
import { NoRight } from "../../access/no-right.tsx";
import { get } from "../../api/server.ts";
import { may } from "../../api/session/current.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card, Empty } from "../../components/card.tsx";
import { DateText } from "../../components/date-text.tsx";
import { Failure } from "../../components/failure.tsx";
import { controlLook } from "../../components/form/field.tsx";
import { Link } from "../../components/link.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { serverText } from "../../messages/server.ts";

interface Entry {
  readonly entry_id: number;
  readonly resource: string;
  readonly resource_id: number;
  readonly happened_at: string;
  readonly principal: string;
  readonly action: string;
}

/** The pages of the resources that the log names. */
const pagesOf: ReadonlyMap<string, "orders" | "customers" | "employees" | "shippers" | "suppliers" | "users"> = new Map(
  [
    ["order", "orders"],
    ["customer", "customers"],
    ["employee", "employees"],
    ["shipper", "shippers"],
    ["supplier", "suppliers"],
    ["user", "users"],
  ],
);
const others: ReadonlyMap<string, "products" | "tax_rates"> = new Map([
  ["product", "products"],
  ["tax_rate", "tax_rates"],
]);
const resources = [...pagesOf.keys(), ...others.keys(), "company", "company_logo", "token"];
const filters = ["principal", "resource", "from", "to"] as const;
const rows = 100;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.audit") };
}

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Who changed what, and when. */
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

/** A plain form: it works without JavaScript, and its address can be sent to somebody. */
async function AuditFilter({ asked }: { readonly asked: URLSearchParams }) {
  const { t } = await serverText();
  return (
    <form className="mb-4 flex flex-wrap items-end gap-3" key={asked.toString()}>
      <label className="flex flex-col gap-1 font-medium text-muted text-xs">
        {t("audit.principal")}
        <input name="principal" defaultValue={asked.get("principal") ?? ""} className={controlLook} />
      </label>
      <label className="flex flex-col gap-1 font-medium text-muted text-xs">
        {t("audit.resource")}
        <select name="resource" defaultValue={asked.get("resource") ?? ""} className={controlLook}>
          <option value="">{t("audit.any")}</option>
          {resources.map((name) => (
            <option key={name} value={name}>
              {name.replace("_", " ")}
            </option>
          ))}
        </select>
      </label>
      <label className="flex flex-col gap-1 font-medium text-muted text-xs">
        {t("audit.from")}
        <input name="from" type="date" defaultValue={asked.get("from") ?? ""} className={controlLook} />
      </label>
      <label className="flex flex-col gap-1 font-medium text-muted text-xs">
        {t("audit.to")}
        <input name="to" type="date" defaultValue={asked.get("to") ?? ""} className={controlLook} />
      </label>
      <Button type="submit">{t("audit.filter")}</Button>
    </form>
  );
}

async function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = await serverText();
  return (
    <Card>
      {entries.length === 0 && <Empty title={t("audit.none")} />}
      <ul className="divide-y divide-line">
        {entries.map(({ entry_id, resource, resource_id, happened_at, principal, action }) => (
          <li key={entry_id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2">
            <span className="w-44 text-muted">
              <DateText value={localTime(happened_at)} detail="minute" />
            </span>
            <Link
              href={`/audit?${new URLSearchParams({ principal })}`}
              className="min-w-40 text-accent hover:underline"
            >
              {principal === "local" ? t("history.local") : principal}
            </Link>
            <span className="w-24">{t(actionText(action))}</span>
            <Row resource={resource} id={resource_id} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function actionText(action: string): "audit.create" | "audit.update" | "audit.delete" {
  return action === "create" ? "audit.create" : action === "delete" ? "audit.delete" : "audit.update";
}

function Row({ resource, id }: { readonly resource: string; readonly id: number }) {
  const page = pagesOf.get(resource) ?? others.get(resource);
  const name = `${resource.replace("_", " ")} ${id}`;
  if (page === undefined) return <span>{name}</span>;
  return (
    <Link href={`/${page}/${id}`} className="text-accent hover:underline">
      {name}
    </Link>
  );
}
