import type { Side } from "../../form/conflict-dialog.tsx";
import type { Locale } from "../../messages/text.ts";
import { fieldsOf, type Resource, type ResourceField } from "../resource.ts";
import { meaningOf, type ResourceDraft, sameMeaning } from "./draft.ts";

/** As it was read (base), as it stands in the form (mine), as somebody else has stored it since (theirs). */
export interface Three {
  readonly base: ResourceDraft;
  readonly mine: ResourceDraft;
  readonly theirs: ResourceDraft;
}

export interface Merge {
  /** Changed by both, differently: to be chosen. */
  readonly clashes: readonly ResourceField[];
  /** Changed by them alone: taken over. */
  readonly taken: readonly ResourceField[];
}

/** Compares three states field by field. */
export function mergeOf(resource: Resource, { base, mine, theirs }: Three, locale: Locale): Merge {
  const differs = (one: ResourceDraft, other: ResourceDraft) => (field: ResourceField) =>
    !sameMeaning(meaningOf(field, one, locale), meaningOf(field, other, locale));
  const theirChanges = fieldsOf(resource).filter(differs(theirs, base)).filter(differs(theirs, mine));
  const isMine = differs(mine, base);
  return { clashes: theirChanges.filter(isMine), taken: theirChanges.filter((field) => !isMine(field)) };
}

/** Mine, with what they changed alone and every clash as it was chosen; one without a choice is mine. */
export function settled(
  { mine, theirs }: Three,
  { clashes, taken }: Merge,
  sides: ReadonlyMap<string, Side>,
): ResourceDraft {
  const texts = { ...mine.texts };
  const switches = { ...mine.switches };
  let { suppliers } = mine;
  for (const { name, kind } of [...taken, ...clashes.filter((field) => sides.get(field.name) === "theirs")]) {
    if (kind === "suppliers") suppliers = theirs.suppliers;
    else if (kind === "switch") switches[name] = theirs.switches[name] ?? false;
    else texts[name] = theirs.texts[name] ?? "";
  }
  return { texts, switches, suppliers };
}
