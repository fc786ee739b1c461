// The list of orders: filters/ says which ones, paging/ fetches them, grid/ renders them, bulk/ acts on several.
// This folder's own files put these four together.
"use client";
import { Printer, X } from "lucide-react";
import { lazy, Suspense } from "react";
import { useMay } from "../../api/session/provider.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useText } from "../../messages/provider.tsx";
import { ExportLinks } from "./export-links.tsx";
import type { StatusCounts } from "./filters/counts.ts";
import { FilterBar } from "./filters/filter-bar.tsx";
import type { ListAddress } from "./filters/navigation.ts";
import { isNarrowed } from "./filters/query.ts";
import { StatusTabs } from "./filters/status-tabs.tsx";
import { ViewsMenu } from "./filters/views-menu.tsx";
import { ColumnsMenu } from "./grid/columns-menu.tsx";
import { EmptyList, ErrorStrip } from "./grid/list-states.tsx";
import { OrderGrid } from "./grid/order-grid.tsx";
import type { ListState } from "./paging/pages.ts";
import { PrintedRange } from "./print/printed-range.tsx";
import { type InitialData, useOrdersList } from "./use-orders-list.ts";

/** Loaded when they are needed: most visits select and change nothing, and few changes are asked about. */
const BulkBar = lazy(async () => ({ default: (await import("./bulk/bulk-bar.tsx")).BulkBar }));
const BulkQuestion = lazy(async () => ({ default: (await import("./bulk/bulk-question.tsx")).BulkQuestion }));
const BulkReport = lazy(async () => ({ default: (await import("./bulk/bulk-report.tsx")).BulkReport }));

/** The orders list: tabs, filters, the grid, and the actions on selected orders. */
export function OrdersList(first: InitialData) {
  "use memo";
  const { t } = useText();
  const may = useMay();
  const desk = useOrdersList(first);
  const { address, list, rows, selecting, controls, bulk, pages } = desk;
  return (
    <div className="flex flex-col gap-3 [&>header]:mb-0 md:h-[calc(100dvh-3.5rem)] md:min-h-112 md:[main:has(>[role=note])_&]:h-[calc(100dvh-7rem)] print:h-auto!">
      <PageHeader
        title={t("orders.title")}
        about={<Count list={list} />}
        actions={
          <>
            <ViewsMenu address={address} isOpen={desk.areViewsOpen} setOpen={desk.setViewsOpen} />
            <ColumnsMenu address={address} />
            {/* The panels of the menus open to the left on a desk, and to the right on a phone. */}
            <Button
              className="sm:-order-1"
              onClick={() => desk.run("print")}
              aria-keyshortcuts="p"
              aria-disabled={desk.isReadingToPrint}
            >
              <Printer size={15} aria-hidden />
              {t("order.print")}
            </Button>
            {may("export-orders") && <ExportLinks params={desk.params} />}
          </>
        }
      />
      <TabLine address={address} counts={desk.counts} />
      <FilterBar address={address} names={first.names} search={controls.search} bar={controls.bar} />
      {desk.printed === null ? (
        <PrintedRange list={list} range={rows.range} />
      ) : (
        <desk.printed.List printed={desk.printed} list={list} look={address.look} />
      )}
      <div
        className={`relative min-h-0 flex-1 max-md:h-[75dvh] max-md:flex-none print:h-auto! ${desk.printed === null ? "" : "print:hidden"}`}
      >
        <OrderGrid
          {...{ address, list, rows }}
          isBefore={desk.isBefore}
          selection={selecting.selection}
          expected={bulk.expected}
          onAction={desk.run}
          onActivate={desk.activate}
          onToggle={desk.toggle}
        />
        {list.total === 0 ? (
          <EmptyList list={list} address={address} onRetry={pages.retry} />
        ) : (
          <ErrorStrip list={list} onRetry={pages.retry} />
        )}
        <Suspense>
          {selecting.selection.size > 0 && (
            <BulkBar
              ids={[...selecting.selection.keys()]}
              shippers={first.names.shippers}
              shipperSelect={controls.shipper}
              onClear={selecting.clear}
              onAct={desk.actOnSelection}
            />
          )}
        </Suspense>
      </div>
      <div aria-live="polite" className="screen-only contents">
        <Suspense>
          {bulk.jobs.map((job) => (
            <BulkReport key={job.id} job={job} />
          ))}
        </Suspense>
      </div>
      <Suspense>{desk.question !== null && <BulkQuestion question={desk.question} />}</Suspense>
    </div>
  );
}

interface TabLineProps {
  readonly address: ListAddress;
  readonly counts: StatusCounts | null;
}

/** The tabs, and beside them links for the search or filter. */
function TabLine({ address, counts }: TabLineProps) {
  const { t } = useText();
  // A number may be part of a name or an address, but mostly it is an order number.
  const wantedOrder = /^[1-9]\d{0,8}$/.exec(address.query.filters.q ?? "")?.[0];
  return (
    <div className="screen-only flex items-center border-line border-b">
      <StatusTabs address={address} counts={counts} />
      {wantedOrder !== undefined && (
        <ButtonLink look="quiet" href={`/orders/${wantedOrder}`}>
          {t("palette.openOrder", { id: wantedOrder })}
        </ButtonLink>
      )}
      {isNarrowed(address.query) && (
        <Button look="quiet" onClick={address.clear}>
          <X size={15} aria-hidden />
          {t("orders.clearFilters")}
        </Button>
      )}
    </div>
  );
}

function Count({ list: { isOpening, isCounted, total } }: { readonly list: ListState }) {
  const { t } = useText();
  const words = t(isCounted ? "orders.count" : "orders.countAtLeast", { count: total });
  return <span role="status">{isOpening ? t("orders.loading") : words}</span>;
}
