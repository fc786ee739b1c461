"use client";
import { ConflictDialog, type SettleProps } from "../../form/conflict-dialog.tsx";
import { mapStates } from "../../form/merge.ts";
import { useText } from "../../messages/provider.tsx";
import type { Text } from "../../messages/text.ts";
import type { ResourceField, ResourceRow } from "../resource.ts";
import type { ResourceDraft } from "./draft.ts";
import type { ResourceDifference } from "./merge.ts";

/** Someone else has changed the same fields. */
export function ResourceConflictDialog(props: SettleProps<ResourceRow, ResourceDraft, ResourceDifference>) {
  const { t } = useText();
  return (
    <ConflictDialog
      {...props}
      title={t("conflict.titleResource")}
      saveLabel={t("conflict.saveResource")}
      shownOf={({ key, field, drafts }) => {
        return { key, name: t(field.label), ...mapStates(drafts, (draft) => textOf(field, draft, t)) };
      }}
    />
  );
}

function textOf({ name, kind }: ResourceField, { texts, switches, suppliers }: ResourceDraft, t: Text): string {
  if (kind === "switch") return t(switches[name] === true ? "value.yes" : "value.no");
  const text = kind === "suppliers" ? suppliers.map((each) => each.name).join(", ") : (texts[name] ?? "").trim();
  return text === "" ? t("conflict.empty") : text;
}
