import type { MessageKey } from "../../messages/text.ts";

/** An entry of the audit log, as the API answers it. */
export interface Entry {
  readonly entry_id: number;
  readonly resource: string;
  readonly resource_id: number;
  readonly happened_at: string;
  readonly principal: string;
  readonly action: string;
  /** How and from where, of an entry about somebody's access. */
  readonly about: Readonly<Record<string, string | number | null>> | null;
}

export type Page =
  | "orders"
  | "customers"
  | "products"
  | "employees"
  | "shippers"
  | "suppliers"
  | "tax_rates"
  | "users"
  | "company";

/** The resources that the log names, with the words for them; and the pages that some of them have. */
export const resources: Readonly<Record<string, { readonly label: MessageKey; readonly page?: Page }>> = {
  order: { label: "audit.order", page: "orders" },
  customer: { label: "audit.customer", page: "customers" },
  product: { label: "audit.product", page: "products" },
  employee: { label: "audit.employee", page: "employees" },
  shipper: { label: "audit.shipper", page: "shippers" },
  supplier: { label: "audit.supplier", page: "suppliers" },
  tax_rate: { label: "audit.taxRate", page: "tax_rates" },
  company: { label: "audit.company", page: "company" },
  company_logo: { label: "audit.companyLogo", page: "company" },
  user: { label: "audit.user", page: "users" },
  token: { label: "audit.token" },
  access: { label: "audit.access", page: "users" },
};

const actions: ReadonlyMap<string, MessageKey> = new Map([
  ["create", "audit.create"],
  ["update", "audit.update"],
  ["delete", "audit.delete"],
  ["sign-in", "audit.signIn"],
  ["refused", "audit.refused"],
  ["sign-out", "audit.signOut"],
  ["proof", "audit.proof"],
  ["link", "audit.link"],
  ["password", "audit.password"],
  ["code", "audit.code"],
  ["passkey", "audit.passkey"],
  ["identity", "audit.identity"],
  ["ended", "audit.ended"],
]);

/** What was done, in words; an event that these pages do not know yet is shown as the log writes it. */
export function actionText(action: string): MessageKey | null {
  return actions.get(action) ?? null;
}

const methods: ReadonlyMap<string, MessageKey> = new Map([
  ["password", "audit.byPassword"],
  ["link", "audit.byLink"],
  ["passkey", "audit.byPasskey"],
  ["single-sign-on", "audit.bySingleSignOn"],
  ["code", "audit.byCode"],
  ["proof", "audit.byProof"],
]);

export function methodText(method: unknown): MessageKey | null {
  return methods.get(String(method)) ?? null;
}

/** The user of an entry, and the name of a token, if it was one. */
export function principalParts(principal: string): { readonly id: string; readonly name: string } | null {
  const [, id, name] = /^(\d+) (.+)$/.exec(principal) ?? [];
  return id === undefined || name === undefined ? null : { id, name };
}
