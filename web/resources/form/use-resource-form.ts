"use client";
import { useEffect, useState } from "react";
import { newKey } from "../../api/key.ts";
import { focusElement } from "../../form/notices.tsx";
import { forgetDraft, keepDraft, newestDraft, type StoredDraft } from "../../form/stored-drafts.ts";
import { faultWords } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import type { Text } from "../../messages/text.ts";
import { fieldsOf, type Resource, type ResourceField } from "../resource.ts";
import { changesOf, emptyDraft, type ResourceDraft, type ResourceFault, typingFaults } from "./draft.ts";
import type { Base, Doubt } from "./save.ts";
import { type Saved, useResourceSaving } from "./use-resource-saving.ts";

interface Opened {
  readonly resource: Resource;
  /** What is changed; null for something new. */
  readonly loaded: Base | null;
  readonly onSaved: (saved: Saved) => void;
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
  const saving = useResourceSaving({
    ...{ resource, draft, loaded, replace: setDraft, onSaved },
    onRefused: ({ faults }) => {
      const spots = faults.map(
        (fault) => [spotOf(fault.pointer), faultWords(fault, t, locale, "refused.nameless")] as const,
      );
      setRefused(new Map(spots));
      const [first] = spots;
      if (first !== undefined) focusElement(elementId(first[0]));
    },
  });
  const { base, phase, doubt } = saving;
  const typing = typingFaults(resource, draft, locale);
  const changes = changesOf(resource, draft, (base ?? loaded)?.draft ?? emptyDraft, locale);
  const isDirty = phase !== "saved" && (doubt !== null || Object.keys(changes).length > 0);
  const form = `${resource.plural}/${loaded?.row.id ?? "new"}`;
  const drafts = useKeptDraft({ form, draft, base, doubt }, isDirty);
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
  const restore = (stored: StoredResource) => {
    setDraft(stored.draft);
    saving.restore(stored.base, stored.doubt);
    drafts.decline(stored);
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
  return { ...saving, ...drafts, parts, isDirty, save, restore, faulty };
}

/** The field that a fault of the server points at: `#/supplier_ids/0` is in the suppliers. */
function spotOf(pointer = ""): string {
  return pointer.replace(/^#\/?/, "").split("/")[0] ?? "";
}

function typingWords(fault: ResourceFault, { max = 0 }: ResourceField, t: Text): string {
  return fault === "tooLong" ? t("typing.tooLong", { max }) : t(`typing.${fault}`);
}

/** The draft of a customer, product .. that was left behind. */
export interface StoredResource extends StoredDraft {
  readonly draft: ResourceDraft;
  readonly base: Base | null;
  readonly doubt: Doubt | null;
}

/** Keeps what is typed in the browser, and knows the draft that an earlier opening left behind. */
function useKeptDraft(kept: Pick<StoredResource, "form" | "draft" | "base" | "doubt">, isDirty: boolean) {
  const [session] = useState(newKey);
  const [offered, setOffered] = useState<StoredResource | null>(null);
  const { form, draft, base, doubt } = kept;
  // Only the browser knows: the server draws the form without the offer.
  useEffect(
    () => setOffered(newestDraft(form, session, (stored): stored is StoredResource => "draft" in stored)),
    [form, session],
  );
  useEffect(() => {
    const stored: StoredResource = { session, form, savedAt: Date.now(), draft, base, doubt };
    if (isDirty) keepDraft(stored);
    else forgetDraft(session);
  }, [isDirty, session, form, draft, base, doubt]);
  const decline = (stored: StoredResource) => {
    forgetDraft(stored.session);
    setOffered(null);
  };
  return { offered, decline, forget: () => forgetDraft(session) };
}
