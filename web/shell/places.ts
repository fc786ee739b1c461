import type { Route } from "next";
import { mayIn, type Right, type Session } from "../api/session/session.ts";
import type { drawings } from "../components/static-icon.tsx";
import type { MessageKey } from "../messages/text.ts";

/** A place of the main navigation. */
interface Place {
  readonly id: string;
  readonly href: Route;
  readonly label: MessageKey;
  readonly command: MessageKey;
  readonly icon: keyof typeof drawings;
  readonly keys: string;
  /** Without this right the place is not shown; null for everybody. */
  readonly right: Right | null;
  /** There is nothing to see before there is a user. */
  readonly needsUser?: true;
}

/** The places, the most frequent ones first. */
const places: readonly Place[] = [
  { ...at("home", "/", "nav.home", "command.home", "g h"), icon: "home", right: null },
  { ...at("orders", "/orders", "nav.orders", "command.orders", "g o"), icon: "order", right: "read-orders" },
  {
    ...at("customers", "/customers", "nav.customers", "command.customers", "g c"),
    icon: "customer",
    right: "read-customers",
  },
  {
    ...at("products", "/products", "nav.products", "command.products", "g p"),
    icon: "product",
    right: "read-products",
  },
  { ...at("stock", "/stock", "nav.stock", "command.stock", "g i"), icon: "stock", right: "read-stock" },
  { ...at("counts", "/counts", "nav.counts", "command.counts", "g n"), icon: "count", right: "read-stock" },
  { ...at("pick", "/pick", "nav.pick", "command.pick", "g k"), icon: "pick", right: "ship-orders" },
  {
    ...at("shipments", "/shipments", "nav.shipments", "command.shipments", "g d"),
    icon: "shipment",
    right: "read-orders",
  },
  { ...at("returns", "/returns", "nav.returns", "command.returns", "g v"), icon: "return", right: "read-orders" },
  {
    ...at("purchases", "/purchase_orders", "nav.purchases", "command.purchases", "g b"),
    ...{ icon: "purchase", right: "read-purchases" },
  },
  { ...at("reorder", "/reorder", "nav.reorder", "command.reorder", "g r"), icon: "reorder", right: "write-purchases" },
  {
    ...at("employees", "/employees", "nav.employees", "command.employees", "g e"),
    icon: "employee",
    right: "read-employees",
  },
  {
    ...at("shippers", "/shippers", "nav.shippers", "command.shippers", "g s"),
    icon: "shipper",
    right: "read-shippers",
  },
  {
    ...at("suppliers", "/suppliers", "nav.suppliers", "command.suppliers", "g u"),
    icon: "supplier",
    right: "read-suppliers",
  },
  {
    ...at("tax-rates", "/tax_rates", "nav.taxRates", "command.taxRates", "g t"),
    icon: "taxRate",
    right: "read-tax-rates",
  },
  { ...at("company", "/company", "nav.company", "command.company", "g y"), icon: "company", right: "read-company" },
  {
    ...at("users", "/users", "nav.users", "command.users", "g w"),
    ...{ icon: "employee", right: "manage-users", needsUser: true },
  },
  {
    ...at("audit", "/audit", "nav.audit", "command.audit", "g l"),
    ...{ icon: "clock", right: "read-audit", needsUser: true },
  },
  { ...at("about", "/about", "nav.about", "command.about", "g a"), icon: "about", right: null },
];

function at(id: string, href: Route, label: MessageKey, command: MessageKey, keys: string) {
  return { id, href, label, command, keys };
}

/** The places that a user sees. */
export function placesFor(session: Session): readonly Place[] {
  const isSignedIn = session.user !== null;
  return places.filter(
    ({ right, needsUser }) => (right === null || mayIn(session, right)) && (needsUser !== true || isSignedIn),
  );
}
