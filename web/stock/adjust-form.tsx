"use client";
import { fromUnits, toUnits } from "northwind-api/src/contract/decimal.ts";
import type { Stock } from "northwind-api/src/stock/fields.ts";
import { type SubmitEvent, useRef, useState } from "react";
import { useSending } from "../access/use-sending.ts";
import { write } from "../api/browser.ts";
import { newKey } from "../api/key.ts";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { controlLook, Field } from "../components/form/field.tsx";
import { useToast } from "../components/toast.tsx";
import { amountText, readAmount } from "../form/amount-text.ts";
import { useText } from "../messages/provider.tsx";
import type { Locale } from "../messages/text.ts";
import { useCommands } from "../shell/commands/registry.tsx";
import { useRefresh } from "../shell/connection/connection.ts";

interface Props {
  readonly productId: number;
  /** What orders held before: what they hold more afterwards was given to those that waited. */
  readonly allocated: Stock["allocated"];
}

interface Draft {
  readonly isWaste: boolean;
  readonly typed: string;
  readonly reason: string;
}

const blank: Draft = { isWaste: false, typed: "", reason: "" };

/** What is typed, what is wrong with it, and how it is sent. */
function useAdjustment({ productId, allocated }: Props) {
  const { t, locale } = useText();
  const toast = useToast();
  const refresh = useRefresh();
  const { isBusy, issueAt, refusal, send } = useSending();
  const [draft, setDraft] = useState<Draft>(blank);
  const [isSubmitted, setSubmitted] = useState(false);
  /** One key per adjustment as it is typed: a second click cannot carry it out twice. */
  const attempt = useRef({ body: "", key: "" });
  const { amount, issue } = read(draft, locale);
  const reason = draft.reason.trim();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSubmitted(true);
    if (amount === null || reason === "") return;
    const type = draft.isWaste ? "waste" : "adjusted";
    const body = { product_id: productId, type, quantity: amount, reason };
    const text = JSON.stringify(body);
    if (attempt.current.body !== text) attempt.current = { body: text, key: newKey() };
    const { key } = attempt.current;
    send(
      () => write<Stock>({ method: "POST", path: "/api/stock/adjustments", body, key }),
      (after) => {
        const given = fromUnits(toUnits(after.allocated) - toUnits(allocated));
        const words = { onHand: amountText(after.on_hand, locale, 0), given: amountText(given, locale, 0) };
        toast.info(t(toUnits(given) > 0n ? "stock.adjustedGiven" : "stock.adjustedDone", words));
        attempt.current = { body: "", key: "" };
        setDraft(blank);
        setSubmitted(false);
        refresh();
      },
    );
  };
  const typing = isSubmitted && issue !== null ? t(`typing.${issue}`) : undefined;
  const noReason = isSubmitted && reason === "" ? t("typing.required") : undefined;
  return {
    ...{ draft, submit, isBusy, refusal },
    change: (more: Partial<Draft>) => setDraft({ ...draft, ...more }),
    quantityIssue: issueAt("quantity") ?? typing,
    reasonIssue: issueAt("reason") ?? noReason,
  };
}

/** Adjusts the stock of a product: goods were found, are missing, or are gone as waste. */
export function AdjustForm(props: Props) {
  const { t } = useText();
  const { draft, change, submit, isBusy, refusal, quantityIssue, reasonIssue } = useAdjustment(props);
  const { isWaste } = draft;
  const first = useRef<HTMLInputElement>(null);
  useCommands([{ id: "adjust-stock", label: "stock.adjust", keys: "a", run: () => first.current?.focus() }]);
  return (
    <Card title={t("stock.adjust")}>
      <form noValidate className="flex flex-col gap-3 p-4" onSubmit={submit}>
        {refusal !== null && (
          <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
            {refusal}
          </p>
        )}
        <Field label={t("stock.kind")}>
          {(control) => (
            <select
              {...control}
              className={controlLook}
              value={isWaste ? "waste" : "adjusted"}
              onChange={(event) => change({ isWaste: event.target.value === "waste" })}
            >
              <option value="adjusted">{t("stock.kind.adjusted")}</option>
              <option value="waste">{t("stock.kind.waste")}</option>
            </select>
          )}
        </Field>
        <Field
          label={t("order.quantity")}
          hint={t(isWaste ? "stock.wasteHint" : "stock.quantityHint")}
          issue={quantityIssue}
          required
        >
          {(control) => (
            <input
              {...control}
              ref={first}
              inputMode={isWaste ? "decimal" : "text"}
              autoComplete="off"
              aria-required
              className={`${controlLook} numbers text-right`}
              value={draft.typed}
              onChange={(event) => change({ typed: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("stock.reason")} issue={reasonIssue} required>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              aria-required
              maxLength={255}
              className={controlLook}
              value={draft.reason}
              onChange={(event) => change({ reason: event.target.value })}
            />
          )}
        </Field>
        <Button type="submit" look="primary" aria-disabled={isBusy} className="max-sm:h-11">
          {t(isWaste ? "stock.writeOff" : "stock.adjust")}
        </Button>
      </form>
    </Card>
  );
}

/** The typed quantity as it is sent, or what is wrong with it. */
function read({ typed, isWaste }: Draft, locale: Locale) {
  // A plus and a real minus are typed by people, too.
  const text = typed.trim().replace(/^\+/, "").replace(/^−/, "-");
  if (text === "") return { amount: null, issue: "required" } as const;
  const reading = readAmount(text, locale);
  if ("refusal" in reading)
    return { amount: null, issue: reading.refusal === "decimal-format" ? "number" : reading.refusal } as const;
  if (isWaste && reading.decimal.startsWith("-")) return { amount: null, issue: "negative" } as const;
  return { amount: reading.decimal, issue: null };
}
