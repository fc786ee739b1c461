"use client";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { useText } from "../../../messages/provider.tsx";
import { useErrorText } from "../../../messages/use-error-text.ts";
import type { LineToBuy } from "./lines-to-buy.ts";
import type { NotBought } from "./use-buying.ts";

interface Props {
  readonly failed: NotBought;
  readonly isBusy: boolean;
  readonly onBuy: (lines: readonly LineToBuy[]) => void;
  /** Goes on without buying. */
  readonly onLeave: () => void;
}

/** The order is saved, and nothing was bought: why, and how to go on. */
export function NotBoughtDialog({ failed, isBusy, onBuy, onLeave }: Props) {
  const { t } = useText();
  const words = useErrorText();
  const { saved, lines, error, said, isFinal } = failed;
  const number = String(saved.row.id);
  const refused = lines.flatMap((line, place) => {
    const reasons = said.filter((_, at) => `${error.issues[at]?.pointer}/`.startsWith(`#/order_details/${place}/`));
    return reasons.length === 0 ? [] : [{ line, reason: reasons.join(" ") }];
  });
  const others = lines.filter((line) => !refused.some((one) => one.line === line));
  // A refusal of some lines stays: only the others can be bought.
  const isPart = refused.length > 0;
  return (
    <Dialog title={t(isFinal ? "short.notBought" : "short.notAnswered", { number })} isOpen onClose={onLeave}>
      <div role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
        {isPart ? (
          <ul>
            {refused.map(({ line, reason }) => (
              <li key={line.id}>
                {t("orderForm.detailNumber", { number: line.row })}, {line.name}: {reason}
              </li>
            ))}
          </ul>
        ) : (
          <p>{isFinal ? words(error) : t("short.againIsSafe")}</p>
        )}
      </div>
      <p className="text-sm">{t("short.later", { action: t("action.purchase") })}</p>
      <div className="flex flex-wrap justify-end gap-2 max-sm:[&>button]:h-11 max-sm:[&>button]:flex-1">
        <Button onClick={onLeave} {...(isPart && others.length === 0 ? { "data-focus-first": true } : {})}>
          {t("short.toOrder")}
        </Button>
        {others.length > 0 && (
          <Button look="primary" data-focus-first aria-disabled={isBusy} onClick={() => onBuy(others)}>
            {t(isPart ? "short.others" : "failure.retry")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
