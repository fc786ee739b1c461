import { Lock } from "lucide-react";
import { useText } from "../../messages/provider.tsx";
import { type DetailDraft, detailPath, isCommitted, isInvoicedInPart } from "./draft/draft.ts";
import { elementId } from "./field-paths.ts";

/** The id of the reason why fields of a row are locked. */
export function stayId({ key }: DetailDraft): string {
  return `${elementId(detailPath(key, "product_id"))}-stays`;
}

/** In the place of the button that removes the row. */
export function StayMark({ row }: { readonly row: DetailDraft }) {
  return (
    <span aria-hidden className="grid size-8 place-items-center text-muted max-sm:row-start-1 max-sm:col-start-4">
      {isCommitted(row) && <Lock size={14} />}
    </span>
  );
}

/** Why the row stays, with which of its fields. */
export function StayReason({ row }: { readonly row: DetailDraft }) {
  const { t } = useText();
  if (!isCommitted(row)) return null;
  return (
    <p id={stayId(row)} className="col-span-full text-muted text-xs">
      {t(isInvoicedInPart(row) ? "orderForm.priced" : "orderForm.committed")}
    </p>
  );
}
