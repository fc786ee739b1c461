// What may be done with a purchase order, and everything that stands against it.
import type { Issue, ProblemCode } from "../contract/answer.ts";
import { quantityText, zero } from "../contract/decimal.ts";
import { local, type Principal } from "../rights/principal.ts";
import type { Right } from "../rights/rights.ts";
import type { ActionName } from "./fields.ts";
import { owedUnits } from "./lines.ts";
import type { StoredPurchaseOrder } from "./read.ts";

/** The ids of `purchase_order_status`. */
export const purchaseStatus = { new: 0, submitted: 1, approved: 2, closed: 3, cancelled: 4 } as const;

/** What stands against an action, and what to do about it. */
export interface Condition {
  readonly code: ProblemCode;
  readonly message: string;
  readonly what_to_do: string;
}

/** The right that each action needs. */
export const rightOf = {
  update: "write-purchases",
  submit: "write-purchases",
  approve: "approve-purchases",
  receive: "receive-purchases",
  close: "write-purchases",
  cancel: "write-purchases",
} as const satisfies Readonly<Record<ActionName, Right>>;

/** Who acts: a principal, and the employee that it is. */
export interface Actor {
  readonly principal: Principal;
  readonly employee: number | null;
}

/** Everything that stands against an action now. `short` are the details of which no more will come. */
export function conditionsOf(
  action: ActionName,
  stored: StoredPurchaseOrder,
  actor: Actor,
  short: ReadonlySet<number> = new Set(),
): readonly Condition[] {
  const right = rightOf[action];
  const lacking: Condition[] = actor.principal.rights.has(right)
    ? []
    : [{ code: "forbidden", message: `You lack the right ${right}.`, what_to_do: "Ask who manages users for it." }];
  return [...lacking, ...stateConditions(action, stored, actor, short)];
}

/** The conditions as the issues of a refused request. */
export function conditionIssues(conditions: readonly Condition[]): readonly Issue[] {
  return conditions.map(({ code, message, what_to_do }) => ({
    pointer: "#",
    code,
    message: `${message} ${what_to_do}`,
  }));
}

function stateConditions(
  action: ActionName,
  { row, details }: StoredPurchaseOrder,
  actor: Actor,
  short: ReadonlySet<number>,
): readonly Condition[] {
  const status = row.status_id ?? purchaseStatus.new;
  const isReceived = details.some(({ received }) => received !== zero);
  const unless = (isMet: boolean, message: string, what_to_do: string): Condition[] =>
    isMet ? [] : [{ code: "state", message, what_to_do }];
  const needsDetails = unless(details.length > 0, "It has no details.", "Add what is to be bought.");
  // Notes are always changed. Nothing else that stands against an action matters once it is over.
  if (action === "update") return [];
  if (status >= purchaseStatus.closed) return [over(action, status)];
  switch (action) {
    case "submit":
      return [
        ...unless(status === purchaseStatus.new, "Only a new purchase order is submitted.", "This one is past that."),
        ...unless(row.supplier_id !== null, "It has no supplier.", "Choose one."),
        ...needsDetails,
      ];
    case "approve":
      return [
        ...unless(
          status === purchaseStatus.submitted,
          "Only a submitted purchase order is approved.",
          "Submit it, if it is new.",
        ),
        ...needsDetails,
        ...unless(!hasSubmitted(row, actor), "You submitted it, or changed it since.", "Somebody else approves it."),
      ];
    case "receive":
      return [
        ...unless(
          status === purchaseStatus.approved,
          "Goods come in only when it is approved.",
          "Have it approved first.",
        ),
        ...needsDetails,
      ];
    case "close":
      return [
        ...unless(
          status === purchaseStatus.approved,
          "Only an approved purchase order is closed.",
          "Have it approved, or cancel it.",
        ),
        ...unless(isReceived, "Nothing has come in.", "Cancel it instead."),
        ...details.flatMap((detail) => (short.has(detail.id) ? [] : owing(detail))),
      ];
    case "cancel":
      return [...unless(!isReceived, "Goods have come in.", "Close it, and name what will not come as short.")];
  }
}

/** What a purchase order that is closed or cancelled has against every step. */
function over(action: ActionName, status: number): Condition {
  if (action === "close" || action === "cancel")
    return { code: "state", message: "It is closed or cancelled already.", what_to_do: "Leave it as it is." };
  const message = status === purchaseStatus.closed ? "It is closed." : "It is cancelled.";
  return { code: "state", message, what_to_do: "Make a new one." };
}

function owing(detail: StoredPurchaseOrder["details"][number]): readonly Condition[] {
  const owed = owedUnits(detail);
  if (owed === 0n) return [];
  const message = `Still to come of detail ${detail.id}: ${quantityText(owed)}.`;
  return [{ code: "state", message, what_to_do: "Receive it, or name the detail as short." }];
}

/** Whether the actor is who submitted it. Before there are users everybody is the same, and may approve. */
function hasSubmitted(
  { submitted_principal, submitted_by }: StoredPurchaseOrder["row"],
  { principal, employee }: Actor,
): boolean {
  if (principal.key === local.key) return false;
  // Taken over from Access, which knows employees only.
  if (submitted_principal === null) return submitted_by !== null && submitted_by === employee;
  // A token acts for its user, and a user may be renamed.
  const isUser = principal.userId !== null && submitted_principal.startsWith(`${principal.userId} `);
  return isUser || submitted_principal === principal.name;
}
