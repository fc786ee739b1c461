"use client";
import { type Dispatch, useEffect, useReducer } from "react";
import { useSaving } from "../../form/use-saving.ts";
import { faultWords } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import { typingFaults } from "./draft/check.ts";
import type { Draft } from "./draft/draft.ts";
import { type Totals, totalsOf } from "./draft/totals.ts";
import { type FormAction, formReducer, formStateOf } from "./form-state.ts";
import { type OrderBase, orderRules, type SavedOrder } from "./saving.ts";
import { focusSpot, spotOf } from "./spots.ts";

interface Opened {
  /** The form as it opens. */
  readonly initial: Draft;
  /** The order that is changed; null for a new one. */
  readonly loaded: OrderBase | null;
  readonly onSaved: (saved: SavedOrder) => void;
}

/** What the parts of the form need. */
export interface FormParts {
  readonly draft: Draft;
  readonly dispatch: Dispatch<FormAction>;
  readonly totals: Totals;
  /** What is wrong at a place, once it may be said. */
  readonly faultAt: (spot: string) => string | undefined;
  /** Why customer, employee and details cannot be changed, or null. */
  readonly lock: string | null;
}

/** One opened order form: what is typed, what is wrong with it, and how it is saved. */
export function useOrderForm({ initial, loaded, onSaved }: Opened) {
  const { t, locale } = useText();
  const [state, dispatch] = useReducer(formReducer, initial, formStateOf);
  const { draft } = state;
  const saving = useSaving({
    rules: orderRules(initial, loaded?.row.id ?? null, locale),
    ...{ draft, loaded, onSaved },
    replace: (draft) => dispatch({ type: "replaced", draft }),
    onRefused({ faults }, draft) {
      const words = faults.map((fault) => {
        return [spotOf(fault, draft), faultWords(fault, t, locale, "refused.rule")] as const;
      });
      dispatch({ type: "refused", faults: new Map(words) });
    },
  });
  const { base } = saving;
  const kind = base === null ? "new" : "edit";
  const typing = typingFaults(draft, locale, kind);
  const { focus } = state;
  useEffect(() => {
    if (focus.count > 0) focusSpot(focus.spot);
  }, [focus]);

  const statusId = base?.row.status_id ?? 0;
  const parts: FormParts = {
    draft,
    dispatch,
    totals: totalsOf(draft, locale),
    lock: statusId === 0 ? null : t("orderForm.locked"),
    faultAt: (spot) => {
      const fault = state.tried || state.left.has(spot) ? typing.get(spot) : undefined;
      return state.refused.get(spot) ?? (fault === undefined ? undefined : t(`typing.${fault}`));
    },
  };
  const save = () => {
    const [first] = typing.keys();
    dispatch({ type: "tried" });
    if (first !== undefined) dispatch({ type: "focus", spot: first });
    else saving.save();
  };
  const spots = state.tried ? [...new Set([...typing.keys(), ...state.refused.keys()])] : [];
  return { ...saving, parts, save, faultySpots: spots };
}
