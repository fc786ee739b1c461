import { taxable, taxExempt } from "northwind-api/src/orders/taxes.ts";
import type { Choice } from "../../components/form/use-choices.ts";
import { type ChoiceField, type DetailField, type ShipField, shipFields, type TypedField } from "../fields.ts";
import { blankDetail, type DetailDraft, type Draft, detailPath, shipToIn, withoutBuying } from "./draft/draft.ts";

/** The state of the form. */
export interface FormState {
  readonly draft: Draft;
  /** The fields that were left: only these show what is wrong. */
  readonly left: ReadonlySet<string>;
  /** After an attempt to save, everything that is wrong is shown. */
  readonly submitted: boolean;
  /** What the server refused, by field. A change of the field clears it. */
  readonly refused: ReadonlyMap<string, string>;
  /** The field that gets the focus next; counted, so that the same one can get it twice. */
  readonly focus: { readonly path: string; readonly count: number };
  /** The address as it was filled in last: while it is unchanged, another customer may replace it. */
  readonly filledShipTo: string;
  readonly rowCount: number;
}

export type FormAction =
  | { readonly type: "typed"; readonly field: TypedField; readonly text: string }
  | { readonly type: "chosen"; readonly field: ChoiceField; readonly choice: Choice | null }
  /** How the chosen customer is taxed. */
  | { readonly type: "treatment"; readonly treatment: string }
  /** Fills the address in; unless forced, a typed one stays. */
  | { readonly type: "shipTo"; readonly shipTo: Readonly<Record<ShipField, string>>; readonly force: boolean }
  | { readonly type: "clearShipTo" }
  /** Text that stands for no choice; null when there is none any more. */
  | { readonly type: "unmatched"; readonly path: string; readonly text: string | null }
  | {
      readonly type: "detailTyped";
      readonly key: string;
      readonly field: Exclude<DetailField, "product_id">;
      readonly text: string;
    }
  | { readonly type: "product"; readonly key: string; readonly product: DetailDraft["product"]; readonly price: string }
  /** What is missing of a line is bought from this supplier, or, with null, waits. */
  | { readonly type: "buy"; readonly key: string; readonly supplier: DetailDraft["buyFrom"] | null }
  /** A line takes no more than is there. */
  | { readonly type: "take"; readonly key: string; readonly quantity: string }
  | { readonly type: "nextRow"; readonly key: string }
  | { readonly type: "addRow" }
  | { readonly type: "removeRow"; readonly key: string }
  /** Moves a row up (-1) or down (1); the focus stays in `field`. */
  | { readonly type: "moveRow"; readonly key: string; readonly by: -1 | 1; readonly field: DetailField }
  | { readonly type: "restoreRow"; readonly row: DetailDraft; readonly at: number }
  | { readonly type: "left"; readonly path: string }
  | { readonly type: "submitted" }
  | { readonly type: "refused"; readonly issues: ReadonlyMap<string, string> }
  | { readonly type: "focus"; readonly path: string }
  | { readonly type: "replaced"; readonly draft: Draft };

export function formStateOf(draft: Draft): FormState {
  const nothing = { left: new Set<string>(), submitted: false, refused: new Map<string, string>() };
  return {
    draft,
    ...nothing,
    focus: { path: "", count: 0 },
    filledShipTo: shipToIn(draft),
    rowCount: rowCountIn(draft),
  };
}

/** Rows are numbered on, also after a reload. */
function rowCountIn({ details }: Draft): number {
  return Math.max(0, ...details.map(({ key }) => (key.startsWith("r") ? Number(key.slice(1)) : 0)));
}

export function formReducer(state: FormState, action: FormAction): FormState {
  const { draft } = state;
  switch (action.type) {
    case "typed":
      return typed(state, action.field, action.text);
    case "chosen": {
      const choices = { ...draft.choices, [action.field]: action.choice };
      return unrefused({ ...state, draft: { ...draft, choices } }, action.field);
    }
    case "treatment":
      return treated(state, action.treatment);
    case "shipTo":
      return action.force || !hasOwnShipTo(state) ? withShipTo(state, action.shipTo) : state;
    case "clearShipTo":
      return withShipTo(state, null);
    case "unmatched":
      return withUnmatched(state, action.path, action.text);
    case "left":
      return state.left.has(action.path) ? state : { ...state, left: new Set([...state.left, action.path]) };
    case "submitted":
      return { ...state, submitted: true };
    case "refused":
      return { ...state, submitted: true, refused: action.issues };
    case "focus":
      return focused(state, action.path);
    case "replaced":
      return { ...formStateOf(action.draft), focus: state.focus };
    default:
      return rowsReducer(state, action);
  }
}

type RowAction = Extract<
  FormAction,
  {
    readonly type:
      | "detailTyped"
      | "product"
      | "buy"
      | "take"
      | "nextRow"
      | "addRow"
      | "removeRow"
      | "moveRow"
      | "restoreRow";
  }
>;

function rowsReducer(state: FormState, action: RowAction): FormState {
  const { details } = state.draft;
  switch (action.type) {
    case "detailTyped": {
      const next = withRow(state, action.key, (row) => ({ ...row, [action.field]: action.text }));
      return unrefused(next, detailPath(action.key, action.field));
    }
    case "product": {
      const { product, price } = action;
      const next = withRow(state, action.key, (row) => ({
        ...withoutBuying(row),
        product,
        unit_price: price,
        quantity: row.quantity === "" ? "1" : row.quantity,
      }));
      return unrefused(taxedBy(next, product), detailPath(action.key, "product_id"));
    }
    case "buy": {
      const { key, supplier } = action;
      return withRow(state, key, (row) => (supplier == null ? withoutBuying(row) : { ...row, buyFrom: supplier }));
    }
    case "take": {
      const { key, quantity } = action;
      const next = withRow(state, key, (row) => ({ ...withoutBuying(row), quantity }));
      return focused(unrefused(next, detailPath(key, "quantity")), detailPath(key, "quantity"));
    }
    case "nextRow": {
      const next = details[details.findIndex(({ key }) => key === action.key) + 1];
      if (next === undefined) return addedRow(state);
      return focused(state, detailPath(next.key, "product_id"));
    }
    case "addRow":
      return addedRow(state);
    case "removeRow":
      return removedRow(state, action.key);
    case "moveRow":
      return movedRow(state, action);
    case "restoreRow":
      return focused(
        withDetails(state, details.toSpliced(action.at, 0, action.row)),
        detailPath(action.row.key, "product_id"),
      );
  }
}

function typed(state: FormState, field: TypedField, text: string): FormState {
  const texts = { ...state.draft.texts, [field]: text };
  // When the tax status changes, taxes are computed from the details until others are entered.
  if (field === "tax_status_id") texts.taxes = "";
  // Who enters a tax rate wants it to count.
  if (field === "tax_rate" && texts.tax_status_id === "" && /[1-9]/.test(text)) texts.tax_status_id = String(taxable);
  return unrefused({ ...state, draft: { ...state.draft, texts } }, field);
}

/** A product with a tax class makes the order taxable, unless somebody has set its tax status. */
function taxedBy(state: FormState, product: DetailDraft["product"]): FormState {
  const { texts } = state.draft;
  if (texts.tax_status_id !== "" || product?.taxClass == null) return state;
  return { ...state, draft: { ...state.draft, texts: { ...texts, tax_status_id: String(taxable) } } };
}

/** Who is not domestic pays no taxes; the next customer, who is, pays them if the products have classes. */
function treated(state: FormState, treatment: string): FormState {
  const { texts, details } = state.draft;
  const isClassed = details.some(({ product }) => product?.taxClass != null);
  const domestic = texts.tax_status_id === String(taxExempt) ? (isClassed ? String(taxable) : "") : texts.tax_status_id;
  const tax_status_id = treatment === "domestic" ? domestic : String(taxExempt);
  if (tax_status_id === texts.tax_status_id) return state;
  return { ...state, draft: { ...state.draft, texts: { ...texts, tax_status_id, taxes: "" } } };
}

function hasOwnShipTo({ draft, filledShipTo }: FormState): boolean {
  return shipToIn(draft) !== filledShipTo && shipFields.some((field) => draft.texts[field].trim() !== "");
}

function withUnmatched(state: FormState, path: string, text: string | null): FormState {
  const { [path]: known, ...others } = state.draft.unmatched;
  if ((known ?? null) === text) return state;
  const unmatched = text === null ? others : { ...others, [path]: text };
  return { ...state, draft: { ...state.draft, unmatched } };
}

function withShipTo(state: FormState, shipTo: Readonly<Record<ShipField, string>> | null): FormState {
  const texts = { ...state.draft.texts };
  for (const field of shipFields) texts[field] = shipTo?.[field] ?? "";
  const draft = { ...state.draft, texts };
  return { ...state, draft, filledShipTo: shipToIn(draft) };
}

function withDetails(state: FormState, details: readonly DetailDraft[]): FormState {
  return { ...state, draft: { ...state.draft, details } };
}

function withRow(state: FormState, key: string, change: (row: DetailDraft) => DetailDraft): FormState {
  return withDetails(
    state,
    state.draft.details.map((row) => (row.key === key ? change(row) : row)),
  );
}

function addedRow(state: FormState): FormState {
  const rowCount = state.rowCount + 1;
  const row = blankDetail(`r${rowCount}`);
  const added = withDetails({ ...state, rowCount }, [...state.draft.details, row]);
  return focused(added, detailPath(row.key, "product_id"));
}

/** The focus goes to the row that takes the place of the removed one. There is always a row to type into. */
function removedRow(state: FormState, removed: string): FormState {
  const at = state.draft.details.findIndex(({ key }) => key === removed);
  const rest = withDetails(
    withUnmatched(state, detailPath(removed, "product_id"), null),
    state.draft.details.filter(({ key }) => key !== removed),
  );
  const next = rest.draft.details[at] ?? rest.draft.details[at - 1];
  return next === undefined ? addedRow(rest) : focused(rest, detailPath(next.key, "product_id"));
}

/** The focus is set again: a browser takes it from an element that moves in the document. */
function movedRow(state: FormState, { key, by, field }: Extract<RowAction, { readonly type: "moveRow" }>): FormState {
  const { details } = state.draft;
  const at = details.findIndex((row) => row.key === key);
  const [row, other] = [details[at], details[at + by]];
  if (row === undefined || other === undefined) return state;
  const moved = details.map((each) => (each === row ? other : each === other ? row : each));
  return focused(withDetails(state, moved), detailPath(key, field));
}

function focused(state: FormState, path: string): FormState {
  return { ...state, focus: { path, count: state.focus.count + 1 } };
}

function unrefused(state: FormState, path: string): FormState {
  if (!state.refused.has(path)) return state;
  const refused = new Map(state.refused);
  refused.delete(path);
  return { ...state, refused };
}
