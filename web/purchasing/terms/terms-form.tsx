"use client";
import { Plus } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import type { Choice } from "../../components/form/use-choices.ts";
import { useToast } from "../../components/toast.tsx";
import { ConflictDialog } from "../../form/conflict-dialog.tsx";
import { mapStates } from "../../form/merge.ts";
import { Connection, DraftOffer, DraftRestored, focusElement, IssueList } from "../../form/notices.tsx";
import { SaveBar } from "../../form/save-bar.tsx";
import { UnsavedChanges } from "../../form/unsaved-changes.tsx";
import { useText } from "../../messages/provider.tsx";
import type { Text } from "../../messages/text.ts";
import { useCommands } from "../../shell/commands/registry.tsx";
import { newRow } from "./draft.ts";
import type { TermsDifference } from "./merge.ts";
import type { SavedTerms, TermsBase } from "./saving.ts";
import { Row } from "./terms-row.tsx";
import { elementId, type TermsForm as Form, type RowField, useTermsForm } from "./use-terms-form.ts";

interface Props {
  readonly loaded: TermsBase;
  readonly product: string;
  /** The supplier whose page led here, and leads on. */
  readonly from: Choice | null;
  /** What the product costs where a supplier says nothing. */
  readonly usualCost: string;
}

/** Who sells a product and on which terms: suppliers are added, changed, removed, and one of them is preferred. */
export function TermsForm({ loaded, product, from, usualCost }: Props) {
  const { t } = useText();
  const router = useRouter();
  const [leavingTo, setLeavingTo] = useState<string | null>(null);
  const home: Route = from === null ? `/products/${loaded.row.product_id}` : `/suppliers/${from.id}`;
  const form = useTermsForm({ loaded, added: from, onSaved: useSavedWords(product, home) });
  const { isDirty, offered, restored, conflict, save } = form;
  const giveUp = () => (isDirty ? setLeavingTo(home) : router.push(home));
  useFirstFocus(form, from);
  useCommands([
    { id: "save-terms", label: "resource.save", keys: "$mod+Enter", run: save, whileTyping: true },
    { id: "leave-terms", label: "orderForm.leave", keys: "Escape", run: giveUp, whileTyping: true },
  ]);
  const issues = form.invalid.map(({ row, field, words }) => ({
    elementId: elementId(row.key, field),
    words: [row.supplier?.name ?? "", `${labelOf(field, t)}: ${words}`].filter((part) => part !== "").join(", "),
  }));
  return (
    <>
      <form
        noValidate
        className="flex flex-col md:min-h-[calc(100dvh-7rem)]"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {restored !== null && (
          <DraftRestored savedAt={restored.savedAt} onStartAnew={() => form.startAnew(loaded.draft)} />
        )}
        {offered !== null && (
          <DraftOffer
            savedAt={offered.savedAt}
            about={product}
            onRestore={() => form.restore(offered)}
            onDecline={() => form.decline(offered)}
          />
        )}
        <Connection error={form.error} onRetry={save} />
        <IssueList issues={issues} error={form.error} />
        <Rows form={form} usualCost={usualCost} />
        <SaveBar save={{ label: t("resource.save") }} isSaving={form.phase !== "typing"} onLeave={giveUp} />
      </form>
      <UnsavedChanges {...{ isDirty, leavingTo }} onStay={() => setLeavingTo(null)} onDiscard={form.discard} />
      {conflict !== null && (
        <ConflictDialog
          conflict={conflict}
          title={t("conflict.titleResource")}
          saveLabel={t("conflict.saveResource")}
          shownOf={(difference) => shownOf(difference, t)}
          onSettle={form.settle}
          onClose={form.closeConflict}
        />
      )}
    </>
  );
}

function Rows({ form, usualCost }: { readonly form: Form } & Pick<Props, "usualCost">) {
  const { t } = useText();
  const { rows } = form.draft;
  const add = () => {
    const row = newRow(null);
    form.change([...rows, row]);
    requestAnimationFrame(() => focusElement(elementId(row.key, "supplier_id")));
  };
  return (
    <Card className="mb-5 max-w-5xl">
      {rows.length === 0 && <p className="px-4 pt-4 text-muted">{t("terms.none")}</p>}
      <ul className="divide-y divide-line">
        {rows.map((row, place) => (
          <Row key={row.key} {...{ form, row, place, usualCost }} onNext={add} />
        ))}
      </ul>
      <div className={`p-4 ${rows.length === 0 ? "" : "border-line border-t"}`}>
        <Button id="terms-add" onClick={add} className="max-sm:h-11 max-sm:w-full">
          <Plus size={15} aria-hidden />
          {t("terms.add")}
        </Button>
      </div>
    </Card>
  );
}

/** The first field that will be typed: of the supplier whose page led here, else of the preferred one. */
function useFirstFocus({ draft, seesCosts }: Form, from: Choice | null): void {
  const row = draft.rows.find(({ supplier }) => from !== null && supplier?.id === from.id) ?? draft.rows[0];
  const [first] = useState(
    row === undefined ? "terms-add" : elementId(row.key, seesCosts ? "unit_cost" : "supplier_product_code"),
  );
  useEffect(() => focusElement(first), [first]);
}

function labelOf(field: RowField, t: Text): string {
  return t(field === "supplier_id" ? "purchase.supplier" : `terms.${field}`);
}

/** One difference in words. */
function shownOf({ key, supplier, field, texts }: TermsDifference, t: Text) {
  const absent = field === "supplier" ? t("terms.absent") : t("conflict.empty");
  const what = field === "supplier" ? "" : field === "order" ? t("terms.order") : t(`terms.${field}`);
  const name = [supplier ?? "", what].filter((part) => part !== "").join(": ");
  return { key, name, ...mapStates(texts, (text) => text || absent) };
}

/** The message after saving, and the page that follows. */
function useSavedWords(product: string, next: Route) {
  const { t } = useText();
  const toast = useToast();
  const router = useRouter();
  return ({ taken }: SavedTerms) => {
    const fields = taken.map((difference) => shownOf(difference, t).name).join(", ");
    if (taken.length > 0) toast.info(t("resource.savedMerged", { name: product, fields }));
    else toast.info(t("terms.saved", { name: product }));
    router.push(next);
    router.refresh();
  };
}
