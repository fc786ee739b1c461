import type { Choice } from "../../components/form/use-choices.ts";
import type { Base, SaveRules } from "../../form/save.ts";
import type { Saved } from "../../form/use-saving.ts";
import type { Locale } from "../../messages/text.ts";
import { type FormFields, fieldsOf, type ResourceRow } from "../resource.ts";
import { changesOf, createBody, draftOf, emptyDraft, type ResourceDraft } from "./draft.ts";
import { mergeResource, type ResourceDifference } from "./merge.ts";

export type ResourceBase = Base<ResourceRow, ResourceDraft>;
export type SavedResource = Saved<ResourceRow, ResourceDraft, ResourceDifference>;

/** How a customer, product and so on is saved. */
export function resourceRules(
  resource: FormFields,
  id: number | null,
  locale: Locale,
): SaveRules<ResourceRow, ResourceDraft, ResourceDifference> {
  const path = `/api/${resource.plural}`;
  const changes = (draft: ResourceDraft, base: ResourceDraft | null) =>
    changesOf(resource, draft, base ?? emptyDraft, locale);
  const isChanged = (draft: ResourceDraft, base: ResourceDraft | null) => Object.keys(changes(draft, base)).length > 0;
  const unmatched = fieldsOf(resource).filter(({ kind }) => kind === "suppliers");
  return {
    form: `${resource.plural}/${id ?? "new"}`,
    path,
    rowPath: (row) => (resource.plural === "company" ? path : `${path}/${row.id}`),
    query: "",
    body(draft, base) {
      if (base === null) return createBody(resource, draft, locale);
      return isChanged(draft, base) ? changes(draft, base) : null;
    },
    isChanged: (draft, base) => isChanged(draft, base) || unmatched.some(({ name }) => draft.texts[name] !== undefined),
    isRow,
    async draftOf(row, known) {
      const suppliers = known.flatMap((draft): readonly Choice[] => draft.suppliers);
      const nameOf = (id: number) => suppliers.find((supplier) => supplier.id === id)?.name ?? `#${id}`;
      return draftOf(resource, row, nameOf, locale);
    },
    withIds: (draft) => draft,
    merge: (drafts) => mergeResource(resource, drafts, locale),
    needsReview: () => false,
  };
}

function isRow(value: unknown): value is ResourceRow {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "number";
}
