"use client";
import { useState } from "react";
import type { Issue } from "../../api/types.ts";
import { focusElement } from "../../form/notices.tsx";
import { useSaving } from "../../form/use-saving.ts";
import { issueText } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import type { Text } from "../../messages/text.ts";
import { useConnection } from "../../shell/connection/connection.ts";
import { type FormFields, fieldsOf, type ResourceField } from "../resource.ts";
import { emptyDraft, type ResourceDraft, type ResourceIssue, typingIssues } from "./draft.ts";
import { type ResourceBase, resourceRules, type SavedResource } from "./saving.ts";

interface Opened {
  readonly resource: FormFields;
  /** What is changed; null for something new. */
  readonly loaded: ResourceBase | null;
  readonly onSaved: (saved: SavedResource) => void;
}

/** What one field needs. */
export interface FormParts {
  readonly draft: ResourceDraft;
  readonly change: (field: ResourceField, draft: ResourceDraft) => void;
  readonly leave: (field: ResourceField) => void;
  readonly issueAt: (field: ResourceField) => string | undefined;
}

/** The id of a field's element. */
export function elementId(name: string): string {
  return `resource-${name}`;
}

/** An open form: what is typed, what is wrong with it, and how it is saved. */
export function useResourceForm({ resource, loaded, onSaved }: Opened) {
  const { t, locale } = useText();
  const [draft, setDraft] = useState(loaded?.draft ?? emptyDraft);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [submitted, setTried] = useState(false);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const saving = useSaving({
    rules: resourceRules(resource, loaded?.row.id ?? null, locale),
    ...{ draft, loaded, replace: setDraft, onSaved },
    onRefused: ({ issues }) => {
      const paths = issues.map(
        (issue) => [fieldPathOf(issue.pointer), issueText(issue, t, locale, "refused.nameless")] as const,
      );
      setRefused(new Map(paths));
      const [first] = paths;
      if (first !== undefined) focusElement(elementId(first[0]));
    },
  });
  const typing = typingIssues(resource, draft, locale);
  const isAway = useConnection() === false;
  const issueAt = (field: ResourceField) => {
    const issue = submitted || left.has(field.name) ? typing.get(field.name) : undefined;
    if (issue === "unmatched" && isAway) return t("typing.unsearched", { typed: draft.texts[field.name] ?? "" });
    return refused.get(field.name) ?? (issue === undefined ? undefined : typingWords(issue, field, { t, draft }));
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
      if (refused.has(name)) setRefused(new Map([...refused].filter(([path]) => path !== name)));
    },
    leave: ({ name }) => setLeft((all) => (all.has(name) ? all : new Set([...all, name]))),
    issueAt,
  };
  const invalid = submitted ? fieldsOf(resource).filter((field) => issueAt(field) !== undefined) : [];
  // What was refused at a field is told there, until the field is changed.
  const isTold = ({ pointer }: Issue) => fieldsOf(resource).some(({ name }) => name === fieldPathOf(pointer));
  const issues = saving.error?.issues ?? [];
  const error = issues.length > 0 && issues.every(isTold) ? null : saving.error;
  return { ...saving, error, parts, save, invalid };
}

/** The field that an issue of the server points to: `#/supplier_ids/0` is in the suppliers. */
function fieldPathOf(pointer = ""): string {
  return pointer.replace(/^#\/?/, "").split("/")[0] ?? "";
}

interface Words {
  readonly t: Text;
  readonly draft: ResourceDraft;
}

function typingWords(issue: ResourceIssue, { name, max = 0 }: ResourceField, { t, draft }: Words): string {
  return t(`typing.${issue}`, { max, typed: draft.texts[name] ?? "" });
}
