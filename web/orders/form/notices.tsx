"use client";
import type { Refusal } from "../../api/reply.ts";
import { DraftOffer, FaultList, type ListedFault } from "../../form/notices.tsx";
import { useText } from "../../messages/provider.tsx";
import type { MessageKey } from "../../messages/text.ts";
import { choiceFields, detailFields, isOneOf, typedFields } from "../fields.ts";
import type { StoredOrder } from "./saving.ts";
import { elementId } from "./spots.ts";
import type { FormParts } from "./use-order-form.ts";

interface SummaryProps {
  readonly form: FormParts;
  readonly spots: readonly string[];
  readonly refusal: Refusal | null;
}

/** Everything that is wrong with the order, with a way to each of it. */
export function FaultSummary({ form, spots, refusal }: SummaryProps) {
  const { t } = useText();
  const faults = spots.flatMap((spot): readonly ListedFault[] => {
    const fault = form.faultAt(spot);
    const label = labelOf(form, spot);
    if (fault === undefined) return [];
    const row = label?.row == null ? "" : ` ${label.row}`;
    return [{ elementId: elementId(spot), words: label === null ? fault : `${t(label.field)}${row}: ${fault}` }];
  });
  return <FaultList faults={faults} refusal={refusal} />;
}

const named = [...choiceFields, ...typedFields, ...detailFields, "order_details"] as const;

/** What a place is called, with the number of its row. */
function labelOf({ draft }: FormParts, spot: string): { field: MessageKey; row: number | null } | null {
  const [key = "", member] = spot.split(".");
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

/** Offers the order that was typed before a reload. */
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
