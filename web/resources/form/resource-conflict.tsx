"use client";
import { ConflictDialog, type ShownDifference, type Side } from "../../form/conflict-dialog.tsx";
import { useText } from "../../messages/provider.tsx";
import type { Text } from "../../messages/text.ts";
import type { ResourceField } from "../resource.ts";
import type { ResourceDraft } from "./draft.ts";
import type { Conflict } from "./use-resource-saving.ts";

interface Props {
  readonly conflict: Conflict;
  readonly onSettle: (choices: ReadonlyMap<string, Side>) => void;
  readonly onClose: () => void;
}

/** Somebody else has changed the same fields. */
export function ResourceConflict({ conflict: { three, merge, theirs }, onSettle, onClose }: Props) {
  const { t } = useText();
  const shown = (fields: readonly ResourceField[]) =>
    fields.map((field): ShownDifference => {
      const words = (draft: ResourceDraft) => wordsOf(field, draft, t);
      const sides = { base: words(three.base), mine: words(three.mine), theirs: words(three.theirs) };
      return { spot: field.name, name: t(field.label), ...sides };
    });
  return (
    <ConflictDialog
      // Another version of theirs is another question.
      key={theirs.etag}
      title={t("conflict.titleResource")}
      saveLabel={t("conflict.saveResource")}
      shown={{ clashes: shown(merge.clashes), taken: shown(merge.taken), lost: [] }}
      onSettle={onSettle}
      onClose={onClose}
    />
  );
}

function wordsOf({ name, kind }: ResourceField, { texts, switches, suppliers }: ResourceDraft, t: Text): string {
  if (kind === "switch") return t(switches[name] === true ? "value.yes" : "value.no");
  const text = kind === "suppliers" ? suppliers.map((each) => each.name).join(", ") : (texts[name] ?? "").trim();
  return text === "" ? t("conflict.empty") : text;
}
