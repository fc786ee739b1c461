"use client";
import { useState } from "react";
import { read } from "../../api/browser.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { useText } from "../../messages/provider.tsx";
import type { ResourceDraft } from "./draft.ts";
import type { ResourceBase } from "./saving.ts";

/** Another currency for orders that are there already. */
export interface CurrencyChange {
  readonly from: string;
  readonly to: string;
  /** How many orders there are; null when that cannot be counted now. */
  readonly orders: number | null;
}

/** Asks once, before saving, whether the orders that are there shall be shown in another currency. */
export function useCurrencyQuestion(loaded: ResourceBase | null, { texts }: ResourceDraft, save: () => void) {
  const [change, setChange] = useState<CurrencyChange | null>(null);
  const [agreed, setAgreed] = useState<string | null>(null);
  const [from, to] = [loaded?.draft.texts.currency, texts.currency];
  const ask = async () => {
    if (from === undefined || to === undefined || from === to || agreed === to) return save();
    const reply = await read<{ readonly total: number }>("/api/orders/counts");
    const orders = reply.ok ? reply.data.total : null;
    if (orders === 0) save();
    else setChange({ from, to, orders });
  };
  const settle = (isWanted: boolean) => {
    setChange(null);
    if (!isWanted || change === null) return;
    setAgreed(change.to);
    save();
  };
  return { change, settle, save: () => void ask() };
}

interface Props {
  readonly change: CurrencyChange;
  readonly settle: (isWanted: boolean) => void;
}

export function CurrencyQuestion({ change: { from, to, orders }, settle }: Props) {
  const { t } = useText();
  const words =
    orders === null ? t("company.askCurrencyAll", { to }) : t("company.askCurrencyWords", { count: orders, to });
  return (
    <Dialog title={t("company.askCurrency", { from, to })} isOpen onClose={() => settle(false)}>
      <p>{words}</p>
      <div className="flex justify-end gap-2">
        <Button onClick={() => settle(false)} data-focus-first>
          {t("orderForm.cancel")}
        </Button>
        <Button look="danger" onClick={() => settle(true)}>
          {t("company.askCurrencyGo")}
        </Button>
      </div>
    </Dialog>
  );
}
