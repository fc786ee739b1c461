"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Combobox } from "../components/form/combobox.tsx";
import { Field } from "../components/form/field.tsx";
import type { Choice } from "../components/form/use-choices.ts";
import { useText } from "../messages/provider.tsx";
import { searchProducts } from "../orders/searches.ts";
import { useCommands } from "../shell/commands/registry.tsx";

const elementId = "supplier-product";

/** Leads to the terms on which a supplier sells a product, whether or not they are known yet. */
export function AddProduct({ supplierId }: { readonly supplierId: number }) {
  const { t } = useText();
  const router = useRouter();
  const [unmatched, setUnmatched] = useState<string | null>(null);
  useCommands([
    {
      ...({ id: "terms-product", label: "terms.addProduct", keys: "t" } as const),
      run: () => document.getElementById(elementId)?.focus(),
    },
  ]);
  const choose = (product: Choice | null) => {
    if (product !== null) router.push(`/products/${product.id}/suppliers?supplier=${supplierId}`);
  };
  return (
    <div className="border-line border-t p-4">
      <Field id={elementId} label={t("terms.addProduct")} hint={t("terms.addProductHint")} className="max-w-md">
        {(control) => (
          <Combobox
            control={control}
            value={null}
            unmatched={unmatched ?? undefined}
            onUnmatched={setUnmatched}
            search={searchProducts}
            onChange={choose}
            placeholder={t("orderForm.typeProduct")}
          />
        )}
      </Field>
    </div>
  );
}
