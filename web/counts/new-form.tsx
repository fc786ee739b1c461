"use client";
import { useRouter } from "next/navigation";
import type { StockCount } from "northwind-api/src/stock/counts/fields.ts";
import { type SubmitEvent, useRef, useState } from "react";
import { useSending } from "../access/use-sending.ts";
import { write } from "../api/browser.ts";
import { newKey } from "../api/key.ts";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Combobox } from "../components/form/combobox.tsx";
import { controlLook, Field } from "../components/form/field.tsx";
import type { Choice } from "../components/form/use-choices.ts";
import { useText } from "../messages/provider.tsx";
import { searchProducts } from "../orders/searches.ts";

const control = `${controlLook} max-sm:h-11`;

/** A new count: why, and which products, by their location or one by one. */
export function NewCountForm() {
  const { t } = useText();
  const router = useRouter();
  const { isBusy, issueAt, refusal, send } = useSending();
  const [reason, setReason] = useState("");
  const [location, setLocation] = useState("");
  const [products, setProducts] = useState<readonly Choice[]>([]);
  const [isSubmitted, setSubmitted] = useState(false);
  /** One key per count as it is typed: a second click cannot make another. */
  const attempt = useRef({ body: "", key: "" });
  const isByLocation = products.length === 0;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSubmitted(true);
    if (reason.trim() === "") return;
    const what = isByLocation ? { location: location.trim() } : { product_ids: products.map(({ id }) => id) };
    const body = { reason: reason.trim(), ...what };
    const text = JSON.stringify(body);
    if (attempt.current.body !== text) attempt.current = { body: text, key: newKey() };
    const { key } = attempt.current;
    send(
      () => write<StockCount>({ method: "POST", path: "/api/stock_counts", body, key }),
      ({ id }) => router.push(`/counts/${id}`),
    );
  };
  const noReason = isSubmitted && reason.trim() === "" ? t("typing.required") : undefined;
  return (
    <Card className="max-w-xl">
      <form noValidate className="flex flex-col gap-4 p-4" onSubmit={submit}>
        {refusal !== null && (
          <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
            {refusal}
          </p>
        )}
        <Field label={t("stock.reason")} issue={issueAt("reason") ?? noReason} required>
          {(given) => (
            <input
              {...given}
              autoComplete="off"
              aria-required
              maxLength={255}
              className={control}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("counts.location")} hint={t("counts.locationHint")} issue={issueAt("location")}>
          {(given) => (
            <input
              {...given}
              autoComplete="off"
              maxLength={50}
              disabled={!isByLocation}
              className={control}
              value={location}
              onChange={(event) => setLocation(event.target.value)}
            />
          )}
        </Field>
        <Products products={products} onChange={setProducts} issue={issueAt("product_ids")} />
        <Button type="submit" look="primary" className="max-sm:h-11" aria-disabled={isBusy}>
          {t("counts.begin")}
        </Button>
      </form>
    </Card>
  );
}

interface ProductsProps {
  readonly products: readonly Choice[];
  readonly onChange: (products: readonly Choice[]) => void;
  readonly issue: string | undefined;
}

/** Products that are chosen one by one, instead of a location. */
function Products({ products, onChange, issue }: ProductsProps) {
  const { t } = useText();
  const [unmatched, setUnmatched] = useState<string | undefined>(undefined);
  const add = (choice: Choice | null) => {
    if (choice !== null && products.every(({ id }) => id !== choice.id)) onChange([...products, choice]);
  };
  return (
    <div className="flex flex-col gap-2">
      <Field label={t("counts.products")} hint={t("counts.productsHint")} issue={issue}>
        {(given) => (
          <Combobox
            control={given}
            value={null}
            unmatched={unmatched}
            onUnmatched={(text) => setUnmatched(text ?? undefined)}
            search={searchProducts}
            onChange={add}
            placeholder={t("orderForm.typeProduct")}
          />
        )}
      </Field>
      {products.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {products.map(({ id, name }) => (
            <li key={id}>
              <Button
                aria-label={t("counts.removeProduct", { name })}
                className="max-sm:h-11"
                onClick={() => onChange(products.filter((one) => one.id !== id))}
              >
                {name} <span aria-hidden>×</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
