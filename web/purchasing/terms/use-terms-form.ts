"use client";
import { useEffect, useState } from "react";
import { useMay } from "../../api/session/provider.tsx";
import type { Issue } from "../../api/types.ts";
import type { Choice } from "../../components/form/use-choices.ts";
import { focusElement } from "../../form/notices.tsx";
import { useSaving } from "../../form/use-saving.ts";
import { issueText } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import { useConnection } from "../../shell/connection/connection.ts";
import { filledRows, newRow, problemsOf, type TermField, type TermsDraft, type TermsRow, termFields } from "./draft.ts";
import { type SavedTerms, type TermsBase, termsRules } from "./saving.ts";

interface Opened {
  readonly loaded: TermsBase;
  /** A supplier that the form was opened for: it is added, unless it is there. */
  readonly added: Choice | null;
  readonly onSaved: (saved: SavedTerms) => void;
}

export type TermsForm = ReturnType<typeof useTermsForm>;

/** What can be wrong with a row. */
export type RowField = TermField | "supplier_id";
const rowFields: readonly RowField[] = ["supplier_id", ...termFields];

/** The id of a field's element. */
export function elementId(key: string, field: RowField): string {
  return `terms-${key}-${field}`;
}

/** An open form: what is typed, what is wrong with it, and how it is saved. */
export function useTermsForm({ loaded, added, onSaved }: Opened) {
  const { t, locale } = useText();
  const seesCosts = useMay()("see-costs");
  const [draft, setDraft] = useState(() => withSupplier(loaded.draft, added));
  const [isSubmitted, setSubmitted] = useState(false);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const focusFirst = useFocusFirst();
  const saving = useSaving({
    rules: termsRules(loaded.row.product_id, locale, seesCosts),
    ...{ draft, loaded, replace: setDraft, onSaved },
    onRefused: ({ issues }, sent) => {
      const keys = filledRows(sent).map(({ key }) => key);
      const said = issues.flatMap((issue) => {
        const path = pathOf(issue, keys);
        return path === null ? [] : [[path, issueText(issue, t, locale, "refused.nameless")] as const];
      });
      setRefused(new Map(said));
      focusFirst(said.map(([path]) => path));
    },
  });
  const problems = problemsOf(draft, locale);
  const isAway = useConnection() === false;
  const issueAt = ({ key, unmatched }: TermsRow, field: RowField) => {
    const problem = isSubmitted ? problems.get(`${key}/${field}`) : undefined;
    if (problem === "typing.unmatched" && isAway) return t("typing.unsearched", { typed: unmatched });
    return problem === undefined ? refused.get(`${key}/${field}`) : t(problem, { typed: unmatched });
  };
  const isTold = (issue: Issue) =>
    pathOf(
      issue,
      filledRows(draft).map(({ key }) => key),
    ) !== null;
  const issues = saving.error?.issues ?? [];
  return {
    ...saving,
    ...{ draft, seesCosts, issueAt },
    // What was refused at a field is told there.
    error: issues.length > 0 && issues.every(isTold) ? null : saving.error,
    change: (rows: readonly TermsRow[]) => setDraft({ rows }),
    changeRow: (row: TermsRow, field: RowField, more: Partial<TermsRow>) => {
      setDraft({ rows: draft.rows.map((one) => (one.key === row.key ? { ...one, ...more } : one)) });
      const path = `${row.key}/${field}`;
      if (refused.has(path)) setRefused(new Map([...refused].filter(([other]) => other !== path)));
    },
    save: () => {
      setSubmitted(true);
      if (problems.size === 0) saving.save();
      else focusFirst([...problems.keys()]);
    },
    /** Every field that is wrong, in the order of the form. */
    invalid: draft.rows.flatMap((row) =>
      rowFields.flatMap((field) => {
        const words = issueAt(row, field);
        return words === undefined ? [] : [{ row, field, words }];
      }),
    ),
  };
}

function withSupplier({ rows }: TermsDraft, added: Choice | null): TermsDraft {
  const isThere = added === null || rows.some(({ supplier }) => supplier?.id === added.id);
  return { rows: isThere ? rows : [...rows, newRow(added)] };
}

/** Focuses the first of some fields once it is drawn: a supplier that is refused becomes a field. */
function useFocusFirst(): (paths: readonly string[]) => void {
  const [wanted, setWanted] = useState<{ readonly id: string } | null>(null);
  useEffect(() => {
    if (wanted !== null) focusElement(wanted.id);
  }, [wanted]);
  return ([first]) => {
    const [key, field] = first?.split("/") ?? [];
    const known = rowFields.find((one) => one === field);
    if (key !== undefined && known !== undefined) setWanted({ id: elementId(key, known) });
  };
}

/** The field that an issue of the API points to: `#/suppliers/0/unit_cost`; null if it is none of the form. */
function pathOf({ pointer = "" }: Issue, keys: readonly string[]): string | null {
  const [list, place, field] = pointer.replace(/^#\/?/, "").split("/");
  const key = list === "suppliers" && place !== undefined ? keys[Number(place)] : undefined;
  return key !== undefined && rowFields.some((one) => one === field) ? `${key}/${field}` : null;
}
