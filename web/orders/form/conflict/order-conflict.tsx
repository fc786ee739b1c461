"use client";
import { ConflictDialog, type ShownDifference, type Side } from "../../../form/conflict-dialog.tsx";
import { useText } from "../../../messages/provider.tsx";
import type { Text } from "../../../messages/text.ts";
import type { Conflict } from "../use-saving.ts";
import type { Difference } from "./merge.ts";

interface Props {
  readonly conflict: Conflict;
  readonly onSettle: (choices: ReadonlyMap<string, Side>) => void;
  readonly onClose: () => void;
}

/** Somebody else has changed the order. */
export function OrderConflict({ conflict, onSettle, onClose }: Props) {
  const { t } = useText();
  const { clashes, taken, lost } = conflict.merge;
  const shown = (differences: readonly Difference[]) => differences.map((difference) => shownOf(difference, t));
  return (
    <ConflictDialog
      // Another version of theirs is another question.
      key={conflict.theirs.etag}
      title={t("conflict.title")}
      saveLabel={t("conflict.save")}
      shown={{ clashes: shown(clashes), taken: shown(taken), lost: shown(lost) }}
      onSettle={onSettle}
      onClose={onClose}
    />
  );
}

function shownOf(difference: Difference, t: Text): ShownDifference {
  const { spot, field, detail } = difference;
  const name = t(field === "detail" ? "conflict.detail" : `order.${field}`);
  const words = (state: "base" | Side) => wordsOf(difference, state, t);
  return {
    ...{ spot, name: detail === null ? name : `${detail}: ${name}` },
    ...{ base: words("base"), mine: words("mine"), theirs: words("theirs") },
  };
}

/** A value of one of the three states, in words. */
function wordsOf(difference: Difference, state: "base" | Side, t: Text): string {
  const value = difference[state];
  if (value === null) return t("conflict.absent");
  if (value === "" && (difference.field === "discount" || difference.field === "tax_rate")) return "0";
  if (value === "") return t("conflict.empty");
  if (difference.field !== "tax_status_id") return value;
  return t(value === "1" ? "order.taxable" : "order.taxExempt");
}
