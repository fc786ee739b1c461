"use client";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { useText } from "../../../messages/provider.tsx";
import type { MessageKey } from "../../../messages/text.ts";
import { statusLabels } from "../../names.ts";
import { type BulkAction, countsByStatus, obstacle } from "./bulk-action.ts";
import type { Question } from "./use-bulk.ts";

const titles: Readonly<Record<BulkAction["kind"], MessageKey>> = {
  shipper: "orders.bulk.askShipper",
  advance: "orders.bulk.askAdvance",
  remove: "orders.bulk.askRemove",
};

/** Asks before many orders are changed, with the number of orders of each transition. */
export function BulkQuestion({ question: { action, orders, settle } }: { readonly question: Question }) {
  const { t } = useText();
  const label = (statusId: number) => t(statusLabels[statusId] ?? "status.new");
  const groups = countsByStatus(orders).map(([statusId, count]) => {
    const [first] = orders.filter(({ status_id }) => status_id === statusId);
    const why = first === undefined ? null : obstacle(action, first);
    const next = action.kind === "advance" && why === null ? ` → ${label(statusId + 1)}` : "";
    return { statusId, count, words: label(statusId) + next, why };
  });
  const title = t(titles[action.kind], {
    count: orders.length,
    shipper: action.kind === "shipper" ? action.shipper.name : "",
  });
  return (
    <Dialog title={title} isOpen onClose={() => settle(false)}>
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5">
        {groups.map(({ statusId, count, words, why }) => (
          <div key={statusId} className="contents">
            <dt>
              {words}
              {why !== null && <span className="block text-muted text-sm">{t(why)}</span>}
            </dt>
            <dd className="numbers text-right">{count}</dd>
          </div>
        ))}
      </dl>
      {action.kind === "advance" && <p className="text-muted text-sm">{t("orders.bulk.askHint")}</p>}
      <div className="flex justify-end gap-2">
        <Button onClick={() => settle(false)} data-focus-first>
          {t("orderForm.cancel")}
        </Button>
        <Button look={action.kind === "remove" ? "danger" : "primary"} onClick={() => settle(true)}>
          {t(action.kind === "remove" ? "orders.bulk.remove" : "orders.bulk.askGo")}
        </Button>
      </div>
    </Dialog>
  );
}
