/** What the API's summary holds. */
export interface Summary {
  readonly orders_by_status: readonly {
    readonly status_id: number | null;
    readonly orders: number;
    readonly open: boolean;
  }[];
  readonly late: { readonly days: number; readonly orders: number; readonly first: readonly OrderBrief[] };
  readonly sales_by_month: readonly SalesMonth[];
  readonly top_days: number;
  readonly top_products: readonly {
    readonly product_id: number;
    readonly product_code: string | null;
    readonly product_name: string | null;
    readonly sales: string;
  }[];
  readonly top_customers: readonly {
    readonly customer_id: number;
    readonly customer: string | null;
    readonly sales: string;
  }[];
  readonly newest_orders: readonly OrderBrief[];
  readonly age_seconds: number;
}

export interface OrderBrief {
  readonly id: number;
  readonly order_date: string | null;
  readonly status_id: number | null;
  readonly customer_id: number | null;
  readonly customer: string | null;
}

export interface SalesMonth {
  /** Like 2026-11. */
  readonly month: string;
  readonly orders: number;
  /** Exact. */
  readonly sales: string;
}

export const summaryPath = "/api/summary";
