"use client";
import { businessDay } from "northwind-api/src/company/business-time.ts";
import { changeableOf } from "northwind-api/src/orders/changeable.ts";
import { status } from "northwind-api/src/orders/rules.ts";
import { type Dispatch, useEffect, useReducer, useState, useSyncExternalStore } from "react";
import { company } from "../../api/company.ts";
import { isUnreadDate, noDate } from "../../form/typed-date.ts";
import { useSaving } from "../../form/use-saving.ts";
import { issueText } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import { useConnection } from "../../shell/connection/connection.ts";
import { type Available, readAvailable } from "../available.ts";
import { dateFields } from "../fields.ts";
import { typingIssues } from "./draft/check.ts";
import type { DetailDraft, Draft } from "./draft/draft.ts";
import { type Shortage, shortagesOf } from "./draft/shortages.ts";
import type { TaxRate } from "./draft/taxes.ts";
import { type Totals, totalsOf } from "./draft/totals.ts";
import { warningsOf } from "./draft/warnings.ts";
import { elementId, fieldPathOf, focusField } from "./field-paths.ts";
import { type FormAction, formReducer, formStateOf } from "./form-state.ts";
import { type OrderBase, orderRules, type SavedOrder } from "./saving.ts";
import { linesToBuy } from "./short/lines-to-buy.ts";
import { useBuying } from "./short/use-buying.ts";

interface Opened {
  /** The form as it opens. */
  readonly initial: Draft;
  /** The order that is changed; null for a new one. */
  readonly loaded: OrderBase | null;
  /** Called when it is saved, and what was to be bought for it is bought, or not. */
  readonly onSaved: (saved: SavedOrder, bought: Bought) => void;
  readonly taxRates: readonly TaxRate[];
  /** What is available as the form opens. */
  readonly available: Available;
}

/** What was bought for an order. */
export interface Bought {
  /** The ids of the purchase orders. */
  readonly purchases: readonly number[];
  /** Something was to be bought, and all of it is there. */
  readonly isNotNeeded: boolean;
}

/** What the parts of the form need. */
export interface FormParts {
  readonly draft: Draft;
  readonly dispatch: Dispatch<FormAction>;
  readonly totals: Totals;
  /** What is wrong with a field, once it may be shown. */
  readonly issueAt: (path: string) => string | undefined;
  /** What is allowed but rarely meant. */
  readonly warningAt: (path: string) => string | undefined;
  /** The lines that are short, by their keys. */
  readonly shortages: ReadonlyMap<string, Shortage>;
  /** What is available, as far as it is known. */
  readonly available: Available;
  /** The row is not as it was when the form opened. */
  readonly isTyped: (row: DetailDraft) => boolean;
  /** What this order does where not all is there; null follows the customer, or else the company. */
  readonly shippingPolicy: string | null;
  /** Why customer, employee and details cannot be changed, or null. */
  readonly lock: string | null;
  /** The order is closed: what is changed is a correction and needs a reason. */
  readonly isClosed: boolean;
  /** The field is locked until a reason for a correction is typed. */
  readonly needsReason: (field: string) => boolean;
}

/** An open order form: what is typed, what is wrong with it, and how it is saved. */
export function useOrderForm({ initial, loaded, onSaved, taxRates, available: known }: Opened) {
  const { t, locale } = useText();
  const [state, dispatch] = useReducer(formReducer, initial, formStateOf);
  const { draft } = state;
  const available = useAvailable(draft, known);
  const { buying, buyOrGoOn } = useBuyingOnSave(available, onSaved);
  const saving = useSaving({
    rules: orderRules(initial, loaded?.row.id ?? null, locale),
    ...{ draft, loaded, onSaved: buyOrGoOn },
    isFinishing: buying.isBusy || buying.notBought !== null,
    replace: (draft) => dispatch({ type: "replaced", draft }),
    onRefused({ issues }, draft) {
      const words = issues.map((issue) => {
        const rule = issue.pointer?.endsWith("/quantity") === true ? "refused.fraction" : "refused.rule";
        return [fieldPathOf(issue, draft), issueText(issue, t, locale, rule)] as const;
      });
      dispatch({ type: "refused", issues: new Map(words) });
    },
  });
  const { base } = saving;
  const kind = base === null ? "new" : "edit";
  const typing = typingIssues(draft, locale, kind);
  const shortages = shortagesOf(draft, locale, available);
  const warningAt = useWarnings(draft, shortages);
  const isAway = useConnection() === false;
  const { focus } = state;
  useEffect(() => {
    if (focus.count > 0) focusField(focus.path);
  }, [focus]);

  const statusId = base?.row.status_id ?? 0;
  const parts: FormParts = {
    draft,
    dispatch,
    totals: totalsOf(draft, locale, taxRates),
    lock: statusId === 0 ? null : t("orderForm.locked"),
    isClosed: statusId === status.closed,
    needsReason: (field) =>
      draft.texts.correction_reason.trim() === "" && changeableOf(statusId).with_reason.includes(field),
    isTyped: (row) => !initial.details.includes(row),
    ...{ warningAt, shortages, available, shippingPolicy: base?.row.shipping_policy ?? null },
    issueAt: (path) => {
      const issue = state.submitted || state.left.has(path) ? typing.get(path) : undefined;
      const typed = draft.unmatched[path] ?? "";
      if (issue === "unmatched" && isAway) return t("typing.unsearched", { typed });
      return state.refused.get(path) ?? (issue === undefined ? undefined : t(`typing.${issue}`, { typed }));
    },
  };
  const save = () => {
    // Browsers tell of a date that is none only when asked, and not always while it is typed.
    const unread = dateFields.filter((field) => draft.texts[field] !== noDate && isUnreadDate(elementId(field)));
    for (const field of unread) dispatch({ type: "typed", field, text: noDate });
    const [first] = [...typing.keys(), ...unread];
    dispatch({ type: "submitted" });
    if (first !== undefined) dispatch({ type: "focus", path: first });
    else saving.save();
  };
  const paths = state.submitted ? [...new Set([...typing.keys(), ...state.refused.keys()])] : [];
  return { ...saving, parts, save, invalidPaths: paths, buying };
}

/** When an order is saved, what is missing is bought for it where that was chosen. */
function useBuyingOnSave(available: Available, onSaved: Opened["onSaved"]) {
  const { locale } = useText();
  const buying = useBuying((saved, purchases) => onSaved(saved, { purchases, isNotNeeded: false }));
  const buyOrGoOn = (saved: SavedOrder) => {
    const shortages = shortagesOf(saved.draft, locale, available);
    const { lines, notNeeded } = linesToBuy(saved.draft, saved.row, { shortages, available });
    if (lines.length > 0) void buying.buy(saved, lines);
    else onSaved(saved, { purchases: [], isNotNeeded: notNeeded > 0 });
  };
  return { buying, buyOrGoOn };
}

/** The words of the warning at a field. */
function useWarnings(draft: Draft, shortages: FormParts["shortages"]): FormParts["warningAt"] {
  const { t, locale } = useText();
  const warnings = warningsOf(draft, locale, { today: useToday(), shortages });
  return (path) => {
    const warning = warnings.get(path);
    return warning === undefined ? undefined : t(`warning.${warning.kind}`, { ...warning });
  };
}

/** What is available of the products of a draft: read again whenever another product is among them. */
function useAvailable({ details }: Draft, known: Available): Available {
  const [available, setAvailable] = useState(known);
  const ids = [...new Set(details.flatMap(({ product }) => product?.id ?? []))].sort((a, b) => a - b).join();
  useEffect(() => {
    const aborting = new AbortController();
    const load = async () => {
      const read = await readAvailable(ids === "" ? [] : ids.split(",").map(Number), aborting.signal);
      if (!aborting.signal.aborted) setAvailable(read);
    };
    void load();
    return () => aborting.abort();
  }, [ids]);
  return available;
}

const never = () => () => undefined;

/** The company's day by the user's clock; null on the server, which has another clock. */
function useToday(): string | null {
  return useSyncExternalStore(
    never,
    () => businessDay(company().timeZone),
    () => null,
  );
}
