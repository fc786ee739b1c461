import type { Route } from "next";
import type { ReactNode } from "react";
import type { Order, OrderContact } from "../../api/types.ts";
import { Card } from "../../components/card.tsx";
import { DateText } from "../../components/date-text.tsx";
import { Link } from "../../components/link.tsx";
import { MailLink } from "../../components/mail-link.tsx";
import { serverText } from "../../messages/server.ts";
import { companyName, employeeName, personName } from "../names.ts";

interface Props {
  readonly order: Order;
}

/** Customer, address, dates and payment, beside the order lines. */
export async function Facts({ order }: Props) {
  const { t } = await serverText();
  const { customer, employee, shipper } = order;
  return (
    <>
      <Card title={t("order.customer_id")}>
        <div className="px-4 py-3">{customer == null ? "–" : <Customer customer={customer} />}</div>
      </Card>
      <Card title={t("order.shipTo")}>
        <address className="whitespace-pre-line px-4 py-3 not-italic">{addressOf(order) || "–"}</address>
      </Card>
      <Card>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 px-4 py-3">
          <Fact label={t("order.employee_id")}>
            {employee == null ? "–" : <Ref href={`/employees/${employee.id}`}>{employeeName(employee)}</Ref>}
          </Fact>
          <Fact label={t("order.shipper_id")}>
            {shipper == null ? "–" : <Ref href={`/shippers/${shipper.id}`}>{companyName(shipper)}</Ref>}
          </Fact>
          <Fact label={t("order.order_date")}>
            <DateText value={order.order_date} />
          </Fact>
          <Fact label={t("order.shipped_date")}>
            <DateText value={order.shipped_date} />
          </Fact>
          <Fact label={t("order.payment_type")}>{order.payment_type || "–"}</Fact>
          <Fact label={t("order.paid_date")}>
            <DateText value={order.paid_date} />
          </Fact>
        </dl>
      </Card>
      {order.notes && (
        <Card title={t("order.notes")}>
          <p className="whitespace-pre-line break-words px-4 py-3">{order.notes}</p>
        </Card>
      )}
    </>
  );
}

/** An address as on an envelope, without empty lines. */
export function addressOf(order: Order): string {
  const { ship_name, ship_address, ship_zip_postal_code, ship_city, ship_state_province, ship_country_region } = order;
  const city = [ship_zip_postal_code, ship_city].filter((part) => part).join(" ");
  return [ship_name, ship_address, city, ship_state_province, ship_country_region].filter((part) => part).join("\n");
}

function Customer({ customer }: { readonly customer: OrderContact }) {
  const name = companyName(customer);
  const person = personName(customer);
  return (
    <>
      <Ref href={`/customers/${customer.id}`}>{name}</Ref>
      {person !== "" && person !== name && <p className="text-muted">{person}</p>}
      {customer.email_address && (
        <p className="truncate">
          <MailLink address={customer.email_address} className="text-accent hover:underline">
            {customer.email_address}
          </MailLink>
        </p>
      )}
      {customer.business_phone && <p className="numbers text-muted">{customer.business_phone}</p>}
    </>
  );
}

function Ref({ href, children }: { readonly href: Route; readonly children: ReactNode }) {
  return (
    <Link href={href} className="font-medium text-accent hover:underline">
      {children}
    </Link>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="text-right">{children}</dd>
    </>
  );
}
