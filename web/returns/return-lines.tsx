// Returns: what has come back of orders, the list of all of them, and those of an order on its page.
import type { OrderReturn } from "northwind-api/src/orders/returns/fields.ts";
import { Link } from "../components/link.tsx";
import { amountText } from "../form/amount-text.ts";
import { serverText } from "../messages/server.ts";
import { dispositionText } from "../orders/dispositions.ts";
import { soldName } from "../orders/names.ts";

/** What came back with a return, and where each part of it went. */
export async function ReturnLines({ details }: { readonly details: OrderReturn["order_return_details"] }) {
  const { t, locale } = await serverText();
  return (
    <ul className="text-sm">
      {details.map((detail) => (
        <li key={detail.id} className="flex flex-wrap justify-between gap-x-4">
          <span className="min-w-0">
            <span className="numbers font-medium">{amountText(detail.quantity, locale, 0)}</span> ×{" "}
            {detail.product_id === null ? (
              soldName(detail)
            ) : (
              <Link href={`/products/${detail.product_id}`} className="hover:underline">
                {soldName(detail)}
              </Link>
            )}
          </span>
          <span className="text-muted">{dispositionText(detail.disposition, t)}</span>
        </li>
      ))}
    </ul>
  );
}
