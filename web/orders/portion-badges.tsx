import { Badge } from "../components/status-badge.tsx";
import { amountText } from "../form/amount-text.ts";
import type { Locale, MessageKey, Text } from "../messages/text.ts";
import { type DetailStock, type Portion, portionsOf } from "./portions.ts";

interface Look {
  readonly label: MessageKey;
  readonly colours: string;
  readonly drawing: string;
}

const looks: Readonly<Record<Portion["kind"], Look>> = {
  shipped: {
    label: "portion.shipped",
    colours: "bg-good-soft text-good",
    drawing:
      "M5 18H3a1 1 0 0 1-1-1V6a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v12H9M14 8h4l4 5v4a1 1 0 0 1-1 1h-2M7 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4M17 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  },
  returned: {
    label: "portion.returned",
    colours: "bg-warn-soft text-warn",
    drawing: "M9 14 4 9l5-5M4 9h11a5 5 0 0 1 0 10h-4",
  },
  allocated: {
    label: "portion.allocated",
    colours: "bg-accent-soft text-accent",
    drawing: "M21 8v13H3V8M1 3h22v5H1zM9 14l2 2 4-4",
  },
  onOrder: {
    label: "portion.onOrder",
    colours: "bg-warn-soft text-warn",
    drawing: "M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20M12 6v6l4 2",
  },
  noStock: {
    label: "portion.noStock",
    colours: "bg-bad-soft text-bad",
    drawing: "M21 8v13H3V8M1 3h22v5H1zM10 12l4 4M14 12l-4 4",
  },
  open: {
    label: "portion.open",
    colours: "bg-canvas text-muted",
    drawing: "M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20",
  },
};

interface Props {
  readonly detail: DetailStock;
  readonly t: Text;
  readonly locale: Locale;
}

/** How far the parts of a detail have come; the quantity of each, unless it is all of it. */
export function PortionBadges({ detail, t, locale }: Props) {
  const portions = portionsOf(detail);
  if (portions.length === 0) return null;
  return (
    <span className="mt-1 flex flex-wrap gap-1">
      {portions.map(({ kind, quantity, isAll }) => (
        <Badge key={kind} {...looks[kind]}>
          {t(looks[kind].label)}
          {!isAll && <span className="numbers"> {amountText(quantity, locale, 0)}</span>}
        </Badge>
      ))}
    </span>
  );
}
