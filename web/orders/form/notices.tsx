"use client";
import type { ApiError } from "../../api/reply.ts";
import { DraftOffer, IssueList, type ListedIssue } from "../../form/notices.tsx";
import { useText } from "../../messages/provider.tsx";
import type { MessageKey } from "../../messages/text.ts";
import { choiceFields, detailFields, isOneOf, typedFields } from "../fields.ts";
import { elementId } from "./field-paths.ts";
import type { StoredOrder } from "./saving.ts";
import type { FormParts } from "./use-order-form.ts";

interface SummaryProps {
  readonly form: FormParts;
  readonly paths: readonly string[];
  readonly error: ApiError | null;
}

/** Everything that is wrong with the order, with a link to each of it. */
export function IssueSummary({ form, paths, error }: SummaryProps) {
  const { t } = useText();
  const issues = paths.flatMap((path): readonly ListedIssue[] => {
    const issue = form.issueAt(path);
    const label = labelOf(form, path);
    if (issue === undefined) return [];
    const row = label?.row == null ? "" : ` ${label.row}`;
    return [{ elementId: elementId(path), words: label === null ? issue : `${t(label.field)}${row}: ${issue}` }];
  });
  return <IssueList issues={issues} error={error} />;
}

const named = [...choiceFields, ...typedFields, ...detailFields, "order_details"] as const;

/** The label of a field, with the number of its row. */
function labelOf({ draft }: FormParts, path: string): { field: MessageKey; row: number | null } | null {
  const [key = "", member] = path.split(".");
  const name = member ?? key;
  if (!isOneOf(named, name)) return null;
  const row = member === undefined ? null : draft.details.findIndex((detail) => detail.key === key) + 1;
  return { field: name === "order_details" ? "order.details" : `order.${name}`, row };
}

interface OfferProps {
  readonly offered: StoredOrder | null;
  readonly onRestore: (stored: StoredOrder) => void;
  readonly onDecline: (stored: StoredOrder) => void;
}

/** Offers the order that another opening of the form left behind. */
export function OrderOffer({ offered, onRestore, onDecline }: OfferProps) {
  const { t } = useText();
  if (offered === null) return null;
  const { choices, details } = offered.draft;
  const filled = details.filter(({ product }) => product !== null).length;
  const about = [choices.customer_id?.name, t("orderForm.details", { count: filled })].filter((part) => part);
  return (
    <DraftOffer
      savedAt={offered.savedAt}
      about={about.join(", ")}
      onRestore={() => onRestore(offered)}
      onDecline={() => onDecline(offered)}
    />
  );
}
