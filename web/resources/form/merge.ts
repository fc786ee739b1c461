import { type Compared, type Merge, mapStates, mergeOf, type States } from "../../form/merge.ts";
import type { Locale } from "../../messages/text.ts";
import { type FormFields, fieldsOf, type ResourceField } from "../resource.ts";
import { meaningOf, type ResourceDraft } from "./draft.ts";

/** One field that differs, in the three drafts. */
export interface ResourceDifference {
  readonly key: string;
  readonly field: ResourceField;
  readonly drafts: States<ResourceDraft>;
}

/** Merges three drafts field by field. */
export function mergeResource(
  resource: FormFields,
  drafts: States<ResourceDraft>,
  locale: Locale,
): Merge<ResourceDraft, ResourceDifference> {
  const compared = fieldsOf(resource).map((field): Compared<ResourceDifference> => {
    const meanings = mapStates(drafts, (draft) => meaningOf(field, draft, locale));
    const key = field.name;
    return { key, meanings, isLocked: false, difference: { key, field, drafts } };
  });
  return mergeOf(compared, (sideOf) => {
    const { mine, theirs } = drafts;
    const texts = { ...mine.texts };
    const switches = { ...mine.switches };
    let { suppliers } = mine;
    for (const { name, kind } of fieldsOf(resource).filter((field) => sideOf(field.name) === "theirs")) {
      if (kind === "suppliers") suppliers = theirs.suppliers;
      else if (kind === "switch") switches[name] = theirs.switches[name] ?? false;
      else texts[name] = theirs.texts[name] ?? "";
    }
    return { texts, switches, suppliers };
  });
}
