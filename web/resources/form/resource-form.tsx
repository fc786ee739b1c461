// The form of a resource: its inputs follow from the fields of the resource.
// saving.ts tells web/form how a resource is saved.
"use client";
import type { Route } from "next";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Card } from "../../components/card.tsx";
import { useToast } from "../../components/toast.tsx";
import { Connection, DraftOffer, DraftRestored, focusElement, IssueList } from "../../form/notices.tsx";
import { SaveBar } from "../../form/save-bar.tsx";
import { UnsavedChanges } from "../../form/unsaved-changes.tsx";
import { useText } from "../../messages/provider.tsx";
import { useCommands } from "../../shell/commands/registry.tsx";
import { companyForm } from "../company.ts";
import { type FormFields, nameOf, type ResourceName, resourceNamed } from "../resource.ts";
import { CurrencyQuestion, useCurrencyQuestion } from "./currency-question.tsx";
import { emptyDraft, type ResourceDraft } from "./draft.ts";
import { FieldInput } from "./field-input.tsx";
import type { ResourceBase, SavedResource } from "./saving.ts";
import { elementId, useResourceForm } from "./use-resource-form.ts";

/** Loaded when it is needed: most changes have no conflict. */
const ResourceConflictDialog = dynamic(async () => (await import("./resource-conflict.tsx")).ResourceConflictDialog, {
  loading: () => null,
});

interface Props {
  readonly resource: ResourceName | "company";
  /** What is changed; null for something new. */
  readonly loaded: ResourceBase | null;
}

/** The form of a new or changed customer, product and so on. */
export function ResourceForm({ resource: plural, loaded }: Props) {
  const { t } = useText();
  const router = useRouter();
  const resource = plural === "company" ? companyForm : resourceNamed(plural);
  const opened = useResourceForm({ resource, loaded, onSaved: useSavedWords(resource) });
  const [leavingTo, setLeavingTo] = useState<string | null>(null);
  const { parts, isDirty, phase, conflict, offered } = opened;
  const { change, settle, save } = useCurrencyQuestion(loaded, parts.draft, opened.save);
  const home: Route = plural === "company" ? "/" : loaded === null ? `/${plural}` : `/${plural}/${loaded.row.id}`;
  const giveUp = () => (isDirty ? setLeavingTo(home) : router.push(home));
  useEffect(() => focusElement(elementId(resource.groups[0]?.fields[0]?.name ?? "")), [resource]);
  useCommands([
    { id: "save-resource", label: "resource.save", keys: "$mod+Enter", run: save, whileTyping: true },
    { id: "leave-resource", label: "orderForm.leave", keys: "Escape", run: giveUp, whileTyping: true },
  ]);
  const issues = opened.invalid.map((field) => ({
    elementId: elementId(field.name),
    words: `${t(field.label)}: ${parts.issueAt(field)}`,
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
        {opened.restored !== null && (
          <DraftRestored
            savedAt={opened.restored.savedAt}
            onStartAnew={() => opened.startAnew(loaded?.draft ?? emptyDraft)}
          />
        )}
        {offered !== null && (
          <DraftOffer
            savedAt={offered.savedAt}
            about={aboutOf(offered.draft) || t(resource.title)}
            onRestore={() => opened.restore(offered)}
            onDecline={() => opened.decline(offered)}
          />
        )}
        <Connection error={opened.error} onRetry={save} />
        <IssueList issues={issues} error={opened.error} />
        <div
          className={`mb-5 grid items-start gap-4 lg:grid-cols-2 ${resource.groups.length === 3 ? "lg:[&>:first-child]:row-span-2" : ""}`}
        >
          {resource.groups.map(({ title, fields }) => (
            <Card key={title} title={t(title)}>
              <div className="grid gap-3 p-4 sm:grid-cols-2">
                {fields.map((field) => (
                  <FieldInput key={field.name} field={field} form={parts} />
                ))}
              </div>
            </Card>
          ))}
        </div>
        <SaveBar save={{ label: t("resource.save") }} isSaving={phase !== "typing"} onLeave={giveUp} />
      </form>
      <UnsavedChanges {...{ isDirty, leavingTo }} onStay={() => setLeavingTo(null)} onDiscard={opened.discard} />
      {change !== null && <CurrencyQuestion change={change} settle={settle} />}
      {conflict !== null && (
        <ResourceConflictDialog conflict={conflict} onSettle={opened.settle} onClose={opened.closeConflict} />
      )}
    </>
  );
}

/** The name that a draft will have. */
function aboutOf({ texts }: ResourceDraft): string {
  const person = [texts.first_name, texts.last_name].filter((part) => part).join(" ");
  return texts.product_name || texts.company || person;
}

/** The message after saving, and the page that follows. */
function useSavedWords(resource: FormFields) {
  const { t } = useText();
  const toast = useToast();
  const router = useRouter();
  return ({ row, created, taken }: SavedResource) => {
    const name = resource.plural === "company" ? t("nav.company") : nameOf(resource.plural, row);
    const fields = taken.map(({ field }) => t(field.label)).join(", ");
    if (taken.length > 0) toast.info(t("resource.savedMerged", { name, fields }));
    else toast.info(t(created ? "resource.created" : "resource.saved", { name }));
    if (resource.plural !== "company") router.push(`/${resource.plural}/${row.id}`);
    router.refresh();
  };
}
