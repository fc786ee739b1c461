// What is to be reordered, with the arithmetic, and ordering a selection of it.
import type { Route } from "next";
import type { Reorder } from "northwind-api/src/purchasing/reorder/fields.ts";
import { get } from "../../api/server.ts";
import { may } from "../../api/session/current.ts";
import { ButtonLink } from "../../components/button.tsx";
import { Card, Empty } from "../../components/card.tsx";
import { Failure } from "../../components/failure.tsx";
import { Link } from "../../components/link.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { serverText } from "../../messages/server.ts";
import { allSuppliers } from "../load.ts";
import { SupplierFilter } from "../supplier-filter.tsx";
import { ReorderForm } from "./reorder-form.tsx";

/** The query in the address of the page. */
export type ReorderQuery = Readonly<Record<string, string | string[] | undefined>>;

const pageRows = 100;
const levels = ["reorder", "target"] as const;

interface Shown {
  readonly below: (typeof levels)[number];
  readonly supplier: string;
}

/** What is below its reorder level or its target level, of all suppliers or of one. */
export async function reorderPage(query: ReorderQuery) {
  const { t } = await serverText();
  const one = (name: string) => (typeof query[name] === "string" ? query[name] : "");
  const cursor = one("cursor");
  const shown: Shown = { below: one("below") === "target" ? "target" : "reorder", supplier: one("supplier") };
  const asked = new URLSearchParams({ limit: String(pageRows), below: shown.below });
  if (/^\d+$/.test(shown.supplier)) asked.set("supplier_id", shown.supplier);
  if (cursor !== "") asked.set("cursor", cursor);
  const [reply, mayWrite, suppliers] = await Promise.all([
    get<readonly Reorder[]>(`/api/reorder?${asked}`),
    may("write-purchases"),
    allSuppliers(),
  ]);
  const next = reply.ok ? (reply.page?.next_cursor ?? null) : null;
  return (
    <>
      <PageHeader
        title={t("nav.reorder")}
        about={t("reorder.about")}
        actions={<ButtonLink href="/purchase_orders">{t("nav.purchases")}</ButtonLink>}
      />
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-3">
        <Tabs shown={shown} />
        <SupplierFilter
          path="/reorder"
          shown={{ below: shown.below === "target" ? "target" : "", supplier: shown.supplier }}
          suppliers={suppliers}
        />
      </div>
      {!reply.ok && <Failure error={reply} />}
      {reply.ok && (
        // Another list is another selection.
        <ReorderForm
          key={reply.data.map(({ product_id, to_reorder }) => `${product_id} ${to_reorder}`).join()}
          rows={reply.data}
          supplierId={/^\d+$/.test(shown.supplier) ? Number(shown.supplier) : null}
          mayOrder={mayWrite}
        />
      )}
      {reply.ok && reply.data.length === 0 && (
        <Card>
          <Empty title={t(`reorder.none.${shown.below}`)}>
            {shown.below === "reorder" && (
              <Link href={pathOf({ ...shown, below: "target" })} className="text-accent underline">
                {t("reorder.lookAtTarget")}
              </Link>
            )}
          </Empty>
        </Card>
      )}
      <nav aria-label={t("resource.pages")} className="mt-3 flex justify-between">
        {cursor === "" ? <span /> : <ButtonLink href={pathOf(shown)}>{t("resource.firstPage")}</ButtonLink>}
        {next !== null && <ButtonLink href={pathOf({ ...shown, cursor: next })}>{t("resource.nextPage")}</ButtonLink>}
      </nav>
    </>
  );
}

function pathOf(query: Shown & { readonly cursor?: string }): Route {
  const given = Object.entries(query).filter(
    ([name, value]) => value !== "" && (name !== "below" || value === "target"),
  );
  return given.length === 0 ? "/reorder" : `/reorder?${new URLSearchParams(given)}`;
}

async function Tabs({ shown }: { readonly shown: Shown }) {
  const { t } = await serverText();
  return (
    <nav aria-label={t("stock.show")} className="flex gap-1">
      {levels.map((below) => (
        <Link
          key={below}
          href={pathOf({ ...shown, below })}
          aria-current={below === shown.below ? "page" : undefined}
          className="inline-flex h-8 items-center rounded-md px-3 font-medium text-muted text-sm hover:bg-accent-soft hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent max-sm:h-11"
        >
          {t(`reorder.below.${below}`)}
        </Link>
      ))}
    </nav>
  );
}
