import type { Query } from "sqlproof";
import type {
  allCustomers,
  insertCustomer,
  insertDetail,
  insertInvoice,
  insertOrder,
  insertPurchaseDetail,
  insertPurchaseOrder,
  insertShipment,
  insertShipmentDetail,
  insertStock,
  insertTransaction,
} from "./queries.ts";

type ParamsOf<Q> = Q extends Query<infer P, infer _R> ? P : never;
type RowOf<Q> = Q extends Query<infer _P, infer R> ? R : never;

/** The rows, as the parameters of their proven INSERT; `search_text` follows from the others. */
export type CustomerRow = Omit<ParamsOf<typeof insertCustomer>, "search_text">;
export type OrderRow = Omit<ParamsOf<typeof insertOrder>, "search_text">;
export type DetailRow = ParamsOf<typeof insertDetail>;
export type InvoiceRow = ParamsOf<typeof insertInvoice>;
export type TransactionRow = ParamsOf<typeof insertTransaction>;
export type StockRow = ParamsOf<typeof insertStock>;
export type ShipmentRow = ParamsOf<typeof insertShipment>;
export type ShipmentDetailRow = ParamsOf<typeof insertShipmentDetail>;
export type PurchaseOrderRow = ParamsOf<typeof insertPurchaseOrder>;
export type PurchaseDetailRow = ParamsOf<typeof insertPurchaseDetail>;

/** The columns that an order copies from its customer. */
export type Buyer = RowOf<typeof allCustomers>;
