"use client";
import type { Route } from "next";
import type { Order } from "../../api/types.ts";
import { Link } from "../../components/link.tsx";
import { useText } from "../../messages/provider.tsx";
import { choiceFields, isOneOf, typedFields } from "../fields.ts";
import { elementId } from "../form/field-paths.ts";
import { soldName } from "../names.ts";
import type { ShownAction } from "./shown-actions.ts";

type Unmet = ShownAction["unmet"][number];

interface Props {
  readonly order: Order;
  readonly unmet: readonly Unmet[];
}

/** Everything that stands against an action, as the API says it: what, where, and what to do about it. */
export function Reasons({ order, unmet }: Props) {
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {unmet.map((reason) => (
        <li key={`${reason.pointer} ${reason.message}`} className="min-w-0 break-words">
          <Place order={order} pointer={reason.pointer ?? ""} />
          <Said unmet={reason} />
        </li>
      ))}
    </ul>
  );
}

function Said({ unmet: { message, what_to_do } }: { readonly unmet: Unmet }) {
  return (
    <>
      <span className="font-medium">{message}</span> <span className="text-muted">{what_to_do}</span>
    </>
  );
}

const fields = [...choiceFields, ...typedFields, "order_details"] as const;

/** What a reason is about: a line by its product, a field by its name, with the way to it. */
function Place({ order, pointer }: { readonly order: Order; readonly pointer: string }) {
  const { t } = useText();
  const [field = "", line] = pointer.replace(/^#\/?/, "").split("/");
  const detail = line === undefined ? undefined : order.order_details?.[Number(line)];
  if (detail !== undefined) return <span>{soldName(detail)}: </span>;
  if (!isOneOf(fields, field)) return null;
  const href: Route = `/orders/${order.id}/edit#${elementId(field)}`;
  return (
    <>
      <Link href={href} className="text-accent underline underline-offset-2">
        {t(field === "order_details" ? "order.details" : `order.${field}`)}
      </Link>
      {": "}
    </>
  );
}
