"use client";
import type { StockCount } from "northwind-api/src/stock/counts/fields.ts";
import { useState } from "react";
import { write } from "../api/browser.ts";
import { newKey } from "../api/key.ts";
import { useMay } from "../api/session/provider.tsx";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { useToast } from "../components/toast.tsx";
import { useText } from "../messages/provider.tsx";
import { useErrorText } from "../messages/use-error-text.ts";
import { KeyHint } from "../shell/commands/key-hint.tsx";
import { useCommands } from "../shell/commands/registry.tsx";
import { useRefresh } from "../shell/connection/connection.ts";
import type { Counting } from "./use-counting.ts";

interface Props {
  readonly count: StockCount;
  readonly counting: Counting;
}

/** Approves a count, which books the differences, or cancels it; each with its key. */
export function CountActions({ count: { id, counted }, counting }: Props) {
  const { t } = useText();
  const may = useMay();
  const [mayApprove, mayCancel] = [may("approve-counts"), may("write-stock")];
  const [isAsked, setAsked] = useState(false);
  const { act, isRunning } = useAct(id, counting);
  const isEmpty = counting.done === 0 && counted === 0;
  const approve = () => {
    if (!isEmpty && !isRunning) void act("approve");
  };
  useCommands([
    ...(mayApprove ? [{ id: "approve-count", label: "counts.approve", keys: "a", run: approve } as const] : []),
    ...(mayCancel
      ? [{ id: "cancel-count", label: "counts.cancel", keys: "x", run: () => setAsked(true) } as const]
      : []),
  ]);
  return (
    <div className="screen-only sticky bottom-0 flex flex-wrap gap-2 bg-canvas py-3 max-sm:[&>button]:h-11 max-sm:[&>button]:flex-1">
      {mayApprove && (
        <Button look="primary" onClick={approve} aria-keyshortcuts="a" aria-disabled={isEmpty || isRunning}>
          {t("counts.approve")}
          <span className="max-sm:hidden">
            <KeyHint keys="a" />
          </span>
        </Button>
      )}
      {mayCancel && (
        <Button look="danger" onClick={() => setAsked(true)} aria-keyshortcuts="x" aria-disabled={isRunning}>
          {t("counts.cancel")}
          <span className="max-sm:hidden">
            <KeyHint keys="x" />
          </span>
        </Button>
      )}
      <Dialog title={t("counts.askCancel")} isOpen={isAsked} onClose={() => setAsked(false)}>
        <p>{t("counts.cancelHint")}</p>
        <div className="flex justify-end gap-2 max-sm:[&>button]:h-11">
          <Button data-focus-first onClick={() => setAsked(false)}>
            {t("counts.goOn")}
          </Button>
          <Button
            look="danger"
            onClick={() => {
              setAsked(false);
              void act("cancel");
            }}
          >
            {t("counts.cancel")}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}

/** Carries out what ends a count, after every line that was left is saved. */
function useAct(id: number, { settled, version }: Counting) {
  const { t, locale } = useText();
  const toast = useToast();
  const refresh = useRefresh();
  const words = useErrorText();
  const [isRunning, setRunning] = useState(false);
  const act = async (action: "approve" | "cancel") => {
    setRunning(true);
    await settled();
    const path = `/api/stock_counts/${id}/${action}`;
    const reply = await write<StockCount>({ method: "POST", path, etag: version.current, key: newKey() });
    setRunning(false);
    if (reply.ok) toast.info(t(`counts.done.${action}`, { number: String(id) }));
    else {
      const all = locale === "en" && reply.code === "state" ? reply.issues.map(({ message }) => message).join(" ") : "";
      toast.error(reply.status === 412 ? t("counts.changedMeanwhile") : all || words(reply));
    }
    refresh();
  };
  return { act, isRunning };
}
