"use client";
import { useState } from "react";
import { focusElement } from "../../form/notices.tsx";
import { useSaving } from "../../form/use-saving.ts";
import { faultWords } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import type { Text } from "../../messages/text.ts";
import { fieldsOf, type Resource, type ResourceField } from "../resource.ts";
import { emptyDraft, type ResourceDraft, type ResourceFault, typingFaults } from "./draft.ts";
import { type ResourceBase, resourceRules, type SavedResource } from "./saving.ts";

interface Opened {
  readonly resource: Resource;
  /** What is changed; null for something new. */
  readonly loaded: ResourceBase | null;
  readonly onSaved: (saved: SavedResource) => void;
}

/** What one field needs. */
export interface FormParts {
  readonly draft: ResourceDraft;
  readonly change: (field: ResourceField, draft: ResourceDraft) => void;
  readonly leave: (field: ResourceField) => void;
  readonly faultAt: (field: ResourceField) => string | undefined;
}

/** The id of the element where a field is typed. */
export function elementId(name: string): string {
  return `resource-${name}`;
}

/** One opened form: what is typed, what is wrong with it, and how it is saved. */
export function useResourceForm({ resource, loaded, onSaved }: Opened) {
  const { t, locale } = useText();
  const [draft, setDraft] = useState(loaded?.draft ?? emptyDraft);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const saving = useSaving({
    rules: resourceRules(resource, loaded?.row.id ?? null, locale),
    ...{ draft, loaded, replace: setDraft, onSaved },
    onRefused: ({ faults }) => {
      const spots = faults.map(
        (fault) => [spotOf(fault.pointer), faultWords(fault, t, locale, "refused.nameless")] as const,
      );
      setRefused(new Map(spots));
      const [first] = spots;
      if (first !== undefined) focusElement(elementId(first[0]));
    },
  });
  const typing = typingFaults(resource, draft, locale);
  const faultAt = (field: ResourceField) => {
    const fault = tried || left.has(field.name) ? typing.get(field.name) : undefined;
    return refused.get(field.name) ?? (fault === undefined ? undefined : typingWords(fault, field, t));
  };
  const save = () => {
    setTried(true);
    const [first] = typing.keys();
    if (first === undefined) saving.save();
    else focusElement(elementId(first));
  };
  const parts: FormParts = {
    draft,
    change: ({ name }, next) => {
      setDraft(next);
      if (refused.has(name)) setRefused(new Map([...refused].filter(([spot]) => spot !== name)));
    },
    leave: ({ name }) => setLeft((all) => (all.has(name) ? all : new Set([...all, name]))),
    faultAt,
  };
  const faulty = tried ? fieldsOf(resource).filter((field) => faultAt(field) !== undefined) : [];
  return { ...saving, parts, save, faulty };
}

/** The field that a fault of the server points at: `#/supplier_ids/0` is in the suppliers. */
function spotOf(pointer = ""): string {
  return pointer.replace(/^#\/?/, "").split("/")[0] ?? "";
}

function typingWords(fault: ResourceFault, { max = 0 }: ResourceField, t: Text): string {
  return fault === "tooLong" ? t("typing.tooLong", { max }) : t(`typing.${fault}`);
}
