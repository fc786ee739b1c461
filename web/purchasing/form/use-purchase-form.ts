"use client";
import { useRouter } from "next/navigation";
import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import { useRef, useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import type { ApiError } from "../../api/reply.ts";
import { useToast } from "../../components/toast.tsx";
import { useStoredDraft } from "../../form/use-stored-draft.ts";
import { issueText } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import { useErrorText } from "../../messages/use-error-text.ts";
import { purchaseStatus } from "../names.tsx";
import { totalOf, useUsualCosts } from "./costs.ts";
import { draftOf, type Editable, type LineDraft, type PurchaseDraft, read } from "./draft.ts";

interface Opened {
  /** What is changed; null for a new one. */
  readonly order: PurchaseOrder | null;
  readonly etag: string | null;
}

export type PurchaseForm = ReturnType<typeof usePurchaseForm>;

/** What of a purchase order may be changed, by its status. */
function editableOf(order: PurchaseOrder | null): Editable {
  const status = order?.status_id ?? purchaseStatus.new;
  return { terms: status < purchaseStatus.closed, payment: status === 2 || status === 3 };
}

/** An open form: what is typed, what is wrong with it, and how it is saved. */
export function usePurchaseForm({ order, etag }: Opened) {
  const { t, locale } = useText();
  const toast = useToast();
  const router = useRouter();
  const words = useErrorText();
  const [initial] = useState(() => draftOf(order, locale));
  const [draft, setDraft] = useState(initial);
  const [refused, setRefused] = useState<{ readonly error: ApiError; readonly keys: readonly string[] } | null>(null);
  const [state, setState] = useState({ isSubmitted: false, isBusy: false, isSaved: false });
  const attempt = useRef({ text: "", key: "" });
  const editable = editableOf(order);
  const usualCost = useUsualCosts(draft);
  const { body, keys, problems } = read(draft, locale, editable);
  const isDirty = !state.isSaved && JSON.stringify(draft) !== JSON.stringify(initial);
  // A draft of another version is not offered: it would undo what others did.
  const form = order === null ? "purchase_orders/new" : `purchase_orders/${order.id} ${etag}`;
  const stored = useStoredDraft<null, PurchaseDraft>({ form, draft, base: null, unanswered: null }, isDirty);
  const [isTaken, setTaken] = useState(false);
  if (stored.own !== null && !isTaken) {
    setTaken(true);
    setDraft(stored.own.draft);
  }
  const save = async () => {
    setState({ isSubmitted: true, isBusy: false, isSaved: false });
    if (problems.size > 0 || state.isBusy) return;
    setState({ isSubmitted: true, isBusy: true, isSaved: false });
    const text = JSON.stringify(body);
    if (attempt.current.text !== text) attempt.current = { text, key: newKey() };
    const to = order === null ? "/api/purchase_orders" : `/api/purchase_orders/${order.id}`;
    const method = order === null ? "POST" : "PUT";
    const reply = await write<PurchaseOrder>({ method, path: to, body, etag, key: attempt.current.key });
    setState({ isSubmitted: true, isBusy: false, isSaved: reply.ok });
    if (!reply.ok) return setRefused({ error: reply, keys });
    stored.discard();
    toast.info(t("purchase.saved", { number: String(reply.data.id) }));
    router.push(`/purchase_orders/${reply.data.id}`);
    router.refresh();
  };
  const said = saidOf(refused);
  const issueAt = (path: string) => {
    const problem = state.isSubmitted ? problems.get(path) : undefined;
    if (problem !== undefined) return t(problem);
    const issue = said.at.get(path);
    return issue && issueText(issue, t, locale, "problem.rule");
  };
  const change = (more: Partial<PurchaseDraft>) => setDraft({ ...draft, ...more });
  return {
    ...{ draft, editable, issueAt, change, isDirty, isBusy: state.isBusy, stored, usualCost },
    total: totalOf(draft, usualCost, locale),
    save: () => void save(),
    changeLine: (key: string, more: Partial<LineDraft>) =>
      change({ lines: draft.lines.map((line) => (line.key === key ? { ...line, ...more } : line)) }),
    restore: (left: PurchaseDraft) => setDraft(left),
    startAnew: () => setDraft(initial),
    /** Why all of it was refused: what is said at no field. */
    refusal: refused === null ? null : refusalText(refused.error, said.others, { t, locale, words }),
  };
}

type Refused = { readonly error: ApiError; readonly keys: readonly string[] } | null;
type ApiIssue = ApiError["issues"][number];

const header = ["supplier_id", "expected_date", "shipping_fee", "taxes", "notes"] as const;
const payment = ["payment_date", "payment_amount", "payment_method"] as const;
const shownAtField: ReadonlySet<string> = new Set([...header, ...payment]);

/** The issues of the API by the fields of the form, and those that belong to none. */
function saidOf(refused: Refused) {
  const at = new Map<string, ApiIssue>();
  const others: ApiIssue[] = [];
  for (const issue of refused?.error.issues ?? []) {
    const [name = "", place, field] = (issue.pointer ?? "").replace(/^#\/?/, "").split("/");
    const key = place === undefined ? undefined : refused?.keys[Number(place)];
    const isOfLine = field === "product_id" || field === "quantity" || field === "unit_cost";
    if (name === "purchase_order_details" && key !== undefined && isOfLine) at.set(`${key}/${field}`, issue);
    else if (shownAtField.has(name)) at.set(name, issue);
    else others.push(issue);
  }
  return { at, others };
}

interface Words extends Pick<ReturnType<typeof useText>, "t" | "locale"> {
  readonly words: (error: ApiError) => string;
}

function refusalText(error: ApiError, others: readonly ApiIssue[], { t, locale, words }: Words): string | null {
  if (error.status === 412) return t("purchase.changedMeanwhile");
  if (others.length > 0) return others.map((issue) => issueText(issue, t, locale, "problem.rule")).join("\n");
  return error.issues.length > 0 ? null : words(error);
}
