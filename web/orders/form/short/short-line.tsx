"use client";
import { businessTime } from "northwind-api/src/company/business-time.ts";
import { fromUnits } from "northwind-api/src/contract/decimal.ts";
import type { ShippingPolicy } from "northwind-api/src/ledger/policies.ts";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { company } from "../../../api/company.ts";
import { useMay } from "../../../api/session/provider.tsx";
import { Button } from "../../../components/button.tsx";
import { DateText } from "../../../components/date-text.tsx";
import { controlLook } from "../../../components/form/field.tsx";
import { amountText } from "../../../form/amount-text.ts";
import { useText } from "../../../messages/provider.tsx";
import type { Locale, MessageKey } from "../../../messages/text.ts";
import { KeyHint } from "../../../shell/commands/key-hint.tsx";
import { committedUnits } from "../../portions.ts";
import type { DetailDraft } from "../draft/draft.ts";
import type { Shortage } from "../draft/shortages.ts";
import { elementId } from "../field-paths.ts";
import type { FormParts } from "../use-order-form.ts";
import { type ProductFacts, usePolicy, useProduct, usePromise } from "./facts.ts";
import { type Offer, offerFor, type Purchase, purchaseOf, takeable } from "./offer.ts";

interface Props {
  readonly form: FormParts;
  readonly row: DetailDraft & { readonly product: NonNullable<DetailDraft["product"]> };
  readonly at: number;
  readonly shortage: Shortage;
  /** Counts how often its key was pressed: then it gets the focus. */
  readonly wanted: number;
}

/** What can be done about a short line, in its row: wait, buy what is missing, or take no more than is there. */
export function ShortLine(props: Props) {
  const may = useMay();
  const mayBuy = may("write-purchases");
  const facts = useProduct(props.row.product.id, mayBuy);
  // Nothing is offered that is taken back a moment later.
  return facts === null ? null : <Choices {...props} facts={facts} />;
}

interface ChoicesProps extends Props {
  readonly facts: ProductFacts;
}

function Choices({ form, row, at, shortage, wanted, facts }: ChoicesProps) {
  const { t, locale } = useText();
  const group = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    // The group itself where nothing is to choose: then it is read.
    if (wanted > 0) (group.current?.querySelector<HTMLElement>("input:checked, button") ?? group.current)?.focus();
  }, [wanted]);
  const { dispatch } = form;
  const values = { number: String(at + 1), missing: amountText(fromUnits(shortage.missing), locale, 0) };
  const bringing = purchaseOf(row);
  const offer = bringing === null ? offerOf(shortage, facts) : null;
  const most = takeable(shortage, facts.product);
  const isTakeable = most > 0n && (row.stock === undefined || most >= committedUnits(row.stock));
  const quantity = amountText(fromUnits(most), locale, 0);
  return (
    <fieldset
      ref={group}
      id={elementId(`${row.key}.short`)}
      tabIndex={-1}
      className="relative flex min-w-0 flex-col items-start gap-0.5 border-warn border-l-2 pl-3 text-sm outline-none max-sm:gap-0"
      onKeyDown={(event) => goOn(event, () => dispatch({ type: "nextRow", key: row.key }))}
    >
      <legend className="sr-only">{t("short.legend", values)}</legend>
      {(offer?.kind === "buy" || isTakeable) && (
        <span aria-hidden className="absolute top-0.5 right-0 max-sm:hidden">
          <KeyHint keys="$mod+." />
        </span>
      )}
      <Wait form={form} row={row} shortage={shortage} isChoice={offer?.kind === "buy"} />
      {offer?.kind === "buy" && <Buy form={form} row={row} at={at} purchases={offer.purchases} />}
      {offer?.kind === "none" && <p className="text-muted text-xs">{t(`short.none.${offer.why}`)}</p>}
      {bringing !== null && <p className="text-muted text-xs">{t("short.owed", { number: String(bringing) })}</p>}
      {isTakeable && (
        <Button className="my-0.5 max-sm:h-11" onClick={() => dispatch({ type: "take", key: row.key, quantity })}>
          {t("short.take", { quantity })}
        </Button>
      )}
    </fieldset>
  );
}

/** Enter goes to the next line, as in the other fields of the row; a button is pressed by it. */
function goOn(event: KeyboardEvent, next: () => void): void {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof HTMLButtonElement) return;
  event.preventDefault();
  next();
}

function offerOf({ missing }: Shortage, { product, sellers }: ProductFacts): Offer | null {
  if (product === null || sellers === null) return null;
  return offerFor(missing, product, sellers, businessTime(company().timeZone));
}

const waits = {
  partial: "short.wait",
  complete: "short.waitForAll",
  ask: "short.waitForDecision",
} as const satisfies Readonly<Record<ShippingPolicy, MessageKey>>;

interface WaitProps extends Pick<Props, "form" | "row" | "shortage"> {
  /** It is one of several things to do. */
  readonly isChoice: boolean;
}

/** What happens if nothing is done, and until when. */
function Wait({ form, row, shortage, isChoice }: WaitProps) {
  const { t, locale } = useText();
  const { draft, dispatch } = form;
  const policy = usePolicy(form.shippingPolicy, draft.choices.customer_id?.id ?? null);
  const promised = usePromise(row.product.id, shortage, row.id);
  const missing = amountText(fromUnits(shortage.missing), locale, 0);
  const words = (
    <span>
      {t(waits[policy], { missing, quantity: row.quantity.trim() })} <Expected date={promised} />
    </span>
  );
  if (!isChoice) return <p>{words}</p>;
  return (
    <Choice
      name={elementId(`${row.key}.short`)}
      isChosen={row.buyFrom === undefined}
      onChoose={() => dispatch({ type: "buy", key: row.key, supplier: null })}
    >
      {words}
    </Choice>
  );
}

/** When it comes; null if nobody can say. Nothing while that is not known. */
function Expected({ date }: { readonly date: string | null | undefined }) {
  const { t } = useText();
  if (date === undefined) return null;
  return (
    <span className="text-muted text-xs">
      {date === null ? (
        t("order.notPromised")
      ) : (
        <>
          {t("order.promised")} <DateText value={date} />
        </>
      )}
    </span>
  );
}

interface BuyProps extends Pick<Props, "form" | "row" | "at"> {
  readonly purchases: readonly [Purchase, ...Purchase[]];
}

/** Buys what is missing when the order is saved. */
function Buy({ form: { dispatch }, row, at, purchases }: BuyProps) {
  const { t, locale } = useText();
  const isChosen = row.buyFrom !== undefined;
  const hint = elementId(`${row.key}.short-hint`);
  const [preferred] = purchases;
  const purchase = purchases.find(({ supplier }) => supplier.id === row.buyFrom?.id) ?? preferred;
  const { quantity, supplier, because, expected } = purchase;
  const buy = ({ supplier }: Purchase) => dispatch({ type: "buy", key: row.key, supplier });
  const why = because === null ? "" : ` (${t(`reorder.${because.kind}`, { quantity: shortText(because, locale) })})`;
  return (
    <>
      <Choice
        name={elementId(`${row.key}.short`)}
        isChosen={isChosen}
        {...(isChosen ? { about: hint } : {})}
        onChoose={() => buy(purchase)}
      >
        <span>
          {t("short.buy", { quantity: amountText(quantity, locale, 0), supplier: supplier.name })}
          {why} {expected !== null && <Expected date={expected} />}
        </span>
      </Choice>
      {isChosen && (
        <div className="flex flex-col gap-1 pb-1 pl-6">
          {purchases.length > 1 && (
            <select
              aria-label={t("short.supplier", { number: String(at + 1) })}
              className={`${controlLook} max-w-72 max-sm:h-11`}
              value={supplier.id}
              onChange={({ target }) => {
                const chosen = purchases.find((one) => String(one.supplier.id) === target.value);
                if (chosen !== undefined) buy(chosen);
              }}
            >
              {purchases.map((one) => (
                <option key={one.supplier.id} value={one.supplier.id}>
                  {one.supplier.name}
                </option>
              ))}
            </select>
          )}
          <p id={hint} className="text-muted text-xs">
            {t("short.onSave")}
          </p>
        </div>
      )}
    </>
  );
}

function shortText({ quantity }: { readonly quantity: string }, locale: Locale): string {
  return amountText(quantity, locale, 0);
}

interface ChoiceProps {
  readonly name: string;
  readonly isChosen: boolean;
  /** The id of what is said about it. */
  readonly about?: string;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

/** One of the things to do, large enough for a finger on a phone. */
function Choice({ name, isChosen, about, onChoose, children }: ChoiceProps) {
  return (
    <label className="flex min-h-7 items-center gap-2 max-sm:min-h-11">
      <input
        {...{ type: "radio", name, checked: isChosen, onChange: onChoose, "aria-describedby": about }}
        className="shrink-0 accent-accent"
      />
      {children}
    </label>
  );
}
