import type { Base, SaveRules } from "../../form/save.ts";
import type { Saved } from "../../form/use-saving.ts";
import type { Locale } from "../../messages/text.ts";
import { bodyOf, draftOf, type ProductSuppliers, type TermsDraft } from "./draft.ts";
import { mergeTerms, type TermsDifference } from "./merge.ts";

export type TermsBase = Base<ProductSuppliers, TermsDraft>;
export type SavedTerms = Saved<ProductSuppliers, TermsDraft, TermsDifference>;

/** How the suppliers of a product are saved: all of them at once, with the version of the product. */
export function termsRules(
  productId: number,
  locale: Locale,
  seesCosts: boolean,
): SaveRules<ProductSuppliers, TermsDraft, TermsDifference> {
  const path = `/api/products/${productId}/suppliers`;
  const textOf = (draft: TermsDraft | null) => (draft === null ? "" : JSON.stringify(bodyOf(draft, locale, seesCosts)));
  const isChanged = (draft: TermsDraft, base: TermsDraft | null) => textOf(draft) !== textOf(base);
  return {
    form: `products/${productId}/suppliers`,
    path,
    rowPath: () => path,
    query: "",
    body: (draft, base) => (isChanged(draft, base) ? bodyOf(draft, locale, seesCosts) : null),
    isChanged,
    isRow,
    draftOf: async (row) => draftOf(row, locale),
    withIds: (draft) => draft,
    merge: (drafts) => mergeTerms(drafts, locale),
    // Which supplier comes first, and who sells it at all, decides what is bought next.
    needsReview: ({ field }) => field === "supplier" || field === "order",
  };
}

function isRow(value: unknown): value is ProductSuppliers {
  return typeof value === "object" && value !== null && "suppliers" in value && Array.isArray(value.suppliers);
}
