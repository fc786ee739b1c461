/**
 * The rooms of the repository and what each may import: files of the same room and of the rooms listed here. A room is
 * a folder or a file; a file belongs to the matching room with the longest name. Tests may import anything.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  // The API, from the lowest layer to the highest. Each room imports only from rooms above it in this list.
  "api/src/border.ts": [],
  "api/src/transport-security.ts": [],
  "api/src/rights": [],
  "api/src/contract": ["api/src/rights", "schema", "sqlproof"],
  // What an operator watches. It knows of the server and the database only what they count.
  "api/src/watch": ["api/src/contract", "api/src/access/networks.ts", "package.json", "schema", "sqlproof"],
  "api/src/watch/settings.ts": [
    ...["api/src/start/paths.ts", "api/src/start/setting.ts", "api/src/start/setting-values.ts"],
  ],
  "api/src/writes": ["api/src/contract", "schema", "sqlproof"],
  "api/src/batching": ["api/src/contract", "api/src/writes", "api/src/watch", "sqlproof"],
  "api/src/reports": ["api/src/contract", "api/src/watch", "sqlproof"],
  // What the handlers know of the company: its currency and its clock.
  "api/src/company/business-time.ts": ["sqlproof"],
  "api/src/company/currency.ts": [],
  "api/src/company/current.ts": [
    ...["api/src/company/queries.ts", "api/src/company/business-time.ts", "api/src/company/currency.ts"],
    ...["api/src/contract/decimal.ts", "sqlproof"],
  ],
  // What the router knows of access: who a request comes from.
  "api/src/access/current.ts": [
    ...["api/src/access/queries.ts", "api/src/access/cookie.ts", "api/src/access/networks.ts"],
    ...["api/src/access/secrets.ts", "api/src/access/ended.ts", "api/src/contract/text.ts", "api/src/rights"],
    "sqlproof",
  ],
  "api/src/access/ended.ts": ["api/src/access/queries.ts", "api/src/contract/text.ts", "sqlproof"],
  // What is asked of the provider of single sign-on, and which pages a browser may be led to.
  "api/src/access/single-sign-on/provider.ts": ["api/src/contract", "api/src/watch"],
  // Where passkeys belong.
  "api/src/access/passkeys/site.ts": [],
  "api/src/access/single-sign-on/own-path.ts": [],
  "api/src/mail": [],
  "api/src/api.ts": [
    ...["api/src/reports", "api/src/company/current.ts", "api/src/access/current.ts"],
    ...["api/src/access/single-sign-on/provider.ts", "api/src/access/first-user/link.ts", "sqlproof"],
    "api/src/access/passkeys/site.ts",
    ...["api/src/mail", "api/src/watch"],
  ],
  "api/src/health": ["api/src/contract", "api/src/api.ts"],
  // The ledger of the stock and its balances.
  "api/src/ledger": ["api/src/contract", "schema", "sqlproof"],
  "api/src/resources": [
    "api/src/contract",
    "api/src/ledger",
    "api/src/writes",
    "api/src/batching",
    "api/src/api.ts",
    "schema",
    "sqlproof",
    "api/src/rights",
  ],
  "api/src/company": [
    ...["api/src/contract", "api/src/writes", "api/src/api.ts", "api/src/resources/history.ts"],
    ...["api/src/resources/vat-id.ts", "api/src/ledger/policies.ts"],
    ...["schema", "sqlproof"],
  ],
  "api/src/access": [
    ...["api/src/rights", "api/src/contract", "api/src/writes", "api/src/api.ts", "api/src/resources"],
    "api/src/mail",
    ...["schema", "sqlproof"],
  ],
  "api/src/orders": [
    ...["api/src/contract", "api/src/writes", "api/src/reports", "api/src/api.ts", "api/src/resources"],
    ...["api/src/company", "api/src/ledger", "api/src/rights", "schema", "sqlproof"],
  ],
  // What one may do with an order, by one's rights as well.
  "api/src/orders/actions": [
    ...["api/src/rights", "api/src/contract", "api/src/api.ts", "api/src/orders", "schema", "sqlproof"],
    ...["api/src/writes", "api/src/ledger", "api/src/company"],
  ],
  // Goods that come back.
  "api/src/orders/returns": [
    ...["api/src/contract", "api/src/api.ts", "api/src/orders", "api/src/orders/actions", "api/src/writes"],
    ...["api/src/ledger", "api/src/company", "schema", "sqlproof"],
  ],
  // Only the routes know that orders are read and written in batches.
  "api/src/orders/routes.ts": [
    "api/src/orders",
    "api/src/contract",
    "api/src/writes",
    "api/src/batching",
    "api/src/api.ts",
    "api/src/company",
    "api/src/resources",
    "api/src/rights",
    "sqlproof",
  ],
  "api/src/stock": [
    ...["api/src/contract", "api/src/writes", "api/src/ledger", "api/src/api.ts", "api/src/orders", "api/src/reports"],
    ...["api/src/company", "api/src/resources", "api/src/rights", "schema", "sqlproof"],
  ],
  "api/src/purchasing": [
    ...["api/src/contract", "api/src/writes", "api/src/ledger", "api/src/api.ts", "api/src/orders"],
    "api/src/orders/actions",
    ...["api/src/resources", "api/src/company", "api/src/rights", "schema", "sqlproof"],
  ],
  "api/src/summary": [
    ...["api/src/contract", "api/src/reports", "api/src/api.ts", "api/src/orders", "api/src/resources"],
    ...["api/src/company", "schema", "sqlproof"],
  ],
  "api/src/worklists": [
    ...["api/src/contract", "api/src/reports", "api/src/api.ts", "api/src/orders", "api/src/summary", "schema"],
    "sqlproof",
  ],
  "api/src/changes": ["api/src/contract", "api/src/writes", "api/src/api.ts", "schema", "sqlproof"],
  "api/src/routes.ts": [
    "api/src/contract",
    "api/src/api.ts",
    "api/src/orders",
    "api/src/resources",
    "api/src/stock",
    "api/src/purchasing",
    "api/src/summary",
    "api/src/worklists",
    "api/src/changes",
    "api/src/company",
    "api/src/health",
    "api/src/access",
  ],
  "api/src/report-list.ts": [
    ...["api/src/reports", "api/src/orders", "api/src/stock", "api/src/summary", "api/src/worklists", "sqlproof"],
  ],
  "api/src/report-worker.ts": ["api/src/reports", "api/src/report-list.ts"],
  // The commands of the program, loaded when they are given.
  "api/src/start/commands.ts": [
    ...["api/src/backup/commands", "api/src/move", "api/src/prove", "api/src/ready", "api/user.ts"],
  ],
  "api/src/ready": ["api/src/start"],
  "api/src/move": ["api/src/start", "sqlproof"],
  // The command that proves the stock.
  "api/src/prove": [
    ...["api/src/start", "api/src/stock", "api/src/verify/verify.ts", "api/src/backup/commands", "sqlproof"],
  ],
  "api/src/upgrade": ["api/src/start", "schema", "sqlproof"],
  // Backups: `places` keeps them, `commands` is what an operator runs.
  "api/src/backup/places": ["api/src/backup/error.ts"],
  "api/src/backup/settings.ts": ["api/src/backup/places", "api/src/start"],
  "api/src/backup/commands": ["api/src/backup", "api/src/verify", "api/src/start", "api/src/contract", "sqlproof"],
  "api/src/backup": ["api/src/http/log.ts", "api/src/start", "sqlproof"],
  "api/src/verify": [
    ...["api/src/orders", "api/src/company", "api/src/writes", "api/src/contract", "schema", "sqlproof"],
  ],
  "api/src/start": [
    "package.json",
    "api/src/backup/settings.ts",
    "api/src/upgrade/settings.ts",
    ...["api/src/access/networks.ts", "api/src/border.ts", "api/src/contract", "api/src/reports", "sqlproof"],
    "api/src/watch",
  ],
  "api/src/http": [
    ...["api/src/contract", "api/src/writes", "api/src/batching", "api/src/reports", "api/src/api.ts"],
    ...["api/src/routes.ts", "api/src/report-list.ts", "api/src/company/current.ts", "api/src/start"],
    ...["api/src/border.ts", "api/src/transport-security.ts", "api/src/watch", "sqlproof"],
    ...["api/src/access/current.ts", "api/src/access/client-address.ts", "api/src/access/first-user/link.ts"],
    "api/src/access/passkeys/site.ts",
    "api/src/rights",
    ...["api/src/access/single-sign-on/provider.ts", "api/src/mail"],
  ],
  "api/src/first-data.ts": ["api/src/company/business-time.ts", "api/src/start", "schema", "sqlproof"],
  "api/src/main.ts": [
    "api/src/first-data.ts",
    "api/src/backup",
    "api/src/upgrade",
    "api/src/border.ts",
    "api/src/contract",
    "api/src/company",
    "api/src/start",
    "api/src/http",
    "api/src/watch",
    ...["api/src/report-list.ts", "api/src/watch"],
    "schema",
    "sqlproof",
    "api/src/access/current.ts",
    "api/src/access/first-user/link.ts",
    ...["api/src/access/single-sign-on/provider.ts", "api/src/mail"],
  ],
  "api/src": ["api", "schema", "sqlproof"],
  api: ["api/src", "schema", "sqlproof", "package.json", "web/build.mjs"],
  deploy: ["api/src/start", "package.json", "sqlproof"],
  schema: ["sqlproof", ".sqlproof"],
  // The fault programme. Its checker must not share code with the product that it checks.
  "faults/row.ts": ["faults/database"],
  "faults/network": [],
  "faults/database": [],
  "faults/report": ["faults/row.ts"],
  "faults/load": ["faults/network", "faults/report"],
  "faults/system": ["faults/database", "faults/load", "faults/row.ts", "sqlproof"],
  "faults/checker": ["faults/database", "faults/load", "faults/system"],
  "faults/model": ["faults/database", "faults/load", "faults/network"],
  "faults/trade": ["faults/database", "faults/load", "faults/network", "faults/system"],
  // The one row that runs the API in its own process.
  "faults/every-await": ["api/src/http", "sqlproof"],
  faults: ["sqlproof"],
  // sqlproof, which knows nothing of Northwind. Its run time is complete without the check.
  "sqlproof/src/runtime": ["sqlproof/src/self-check"],
  "sqlproof/src/self-check": ["sqlproof/src/runtime"],
  "sqlproof/src/migrations": ["sqlproof/src/runtime", "sqlproof/src/self-check"],
  "sqlproof/src/test-server": [],
  "sqlproof/src/check/types": ["sqlproof/src/runtime", "sqlproof/src/migrations"],
  "sqlproof/src/check/effects": ["sqlproof/src/check/types", "sqlproof/src/runtime"],
  "sqlproof/src/check/migrated": [
    ...["sqlproof/src/check/effects", "sqlproof/src/check/types", "sqlproof/src/runtime", "sqlproof/src/migrations"],
  ],
  "sqlproof/src/check/parse": ["sqlproof/src/check/types", "sqlproof/src/runtime"],
  "sqlproof/src/check/provers": [
    ...["sqlproof/src/check/parse", "sqlproof/src/check/types", "sqlproof/src/runtime", "sqlproof/src/migrations"],
  ],
  "sqlproof/src/check/tree": ["sqlproof/src/check/parse"],
  // The table of rules knows types, and nothing of trees and schemas.
  "sqlproof/src/check/rules": ["sqlproof/src/check/typing/type.ts"],
  "sqlproof/src/check/typing": [
    ...["sqlproof/src/check/rules", "sqlproof/src/check/tree", "sqlproof/src/check/parse"],
    ...["sqlproof/src/check/types", "sqlproof/src/runtime"],
  ],
  "sqlproof/src/check": ["sqlproof/src/runtime", "sqlproof/src/migrations", "sqlproof/src/test-server"],
  "sqlproof/src/differential": [
    ...["sqlproof/src/check", "sqlproof/src/runtime", "sqlproof/src/migrations", "sqlproof/src/test-server"],
  ],
  // Statements that nobody wrote, against the checker; not part of the package. The doubts are texts on the tables and
  // views that every schema has.
  "sqlproof/fuzz/doubts": ["sqlproof/fuzz/schema", "sqlproof/src/differential/random.ts"],
  "sqlproof/fuzz": ["sqlproof/fuzz/doubts", "sqlproof/src"],
  sqlproof: [],
  // The order desk. Of the API it takes types, the decimals, the currency and the rules of orders, so that both compute
  // alike.
  "web/api": [
    ...["api/src/contract/answer.ts", "api/src/rights/rights.ts", "api/src/orders/fields.ts"],
    ...["api/src/company/currency.ts", "web/messages", "api/src/access/single-sign-on/own-path.ts"],
  ],
  "web/border": [
    "api/src/transport-security.ts",
    ...["api/src/border.ts", "web/api/company-age.ts", "web/api/session/openness.ts", "web/api/session/cookie.ts"],
    ...["web/offline", "web/shell"],
  ],
  "web/access": [
    ...["web/api", "web/components", "web/form/stored-drafts.ts", "web/messages", "web/shell", "web/undo"],
    ...["web/orders/searches.ts", "web/orders/names.ts", "api/src/rights/rights.ts"],
    "api/src/company/business-time.ts",
  ],
  "web/messages": ["web/api", "web/shell"],
  "web/components": ["web/api", "web/messages", "web/shell", "api/src/resources/email-address.ts"],
  "web/form": [
    ...["web/api", "web/components", "web/messages", "web/shell"],
    ...["api/src/contract/decimal.ts", "api/src/company/currency.ts"],
  ],
  "web/undo": ["web/api", "web/components", "web/messages", "web/shell"],
  "web/offline": ["web/components", "web/messages", "web/shell"],
  "web/shell": ["web/access", "web/api", "web/components", "web/messages", "web/offline", "web/undo"],
  "web/orders": [
    ...["web/api", "web/components", "web/form", "web/history", "web/messages", "web/shell", "web/undo"],
    ...["api/src/contract/decimal.ts", "api/src/company/business-time.ts", "api/src/orders/rules.ts"],
    ...["api/src/orders/changeable.ts", "api/src/orders/taxes.ts", "api/src/orders/stock/quantities.ts"],
    ...["api/src/orders/fields.ts", "api/src/orders/returns/fields.ts", "api/src/stock/fields.ts"],
    ...["api/src/ledger/policies.ts", "api/src/purchasing/quantity.ts", "api/src/purchasing/fields.ts"],
  ],
  "web/resources": [
    ...["web/api", "web/components", "web/form", "web/messages", "web/orders", "web/shell", "web/undo"],
    ...["api/src/contract/decimal.ts", "api/src/company/currency.ts", "api/src/purchasing/fields.ts"],
  ],
  "web/stock": [
    ...["web/access/use-sending.ts", "web/api", "web/components", "web/form", "web/messages", "web/shell"],
    "api/src/company/business-time.ts",
    ...["api/src/contract/decimal.ts", "api/src/stock/fields.ts"],
  ],
  "web/history": ["web/api", "web/components", "web/messages", "api/src/company/business-time.ts"],
  "web/purchasing": [
    ...["web/api", "web/components", "web/form", "web/history", "web/messages", "web/orders", "web/shell"],
    "api/src/company/business-time.ts",
    ...["api/src/contract/decimal.ts", "api/src/orders/rules.ts"],
    ...["api/src/purchasing/fields.ts", "api/src/purchasing/reorder/fields.ts"],
  ],
  "web/worklists": [
    ...["web/api", "web/components", "web/form/amount-text.ts", "web/messages", "web/shell", "api/src/worklists"],
    "api/src/company/business-time.ts",
  ],
  "web/shipments": [
    ...[
      "web/access/use-sending.ts",
      "web/api",
      "web/components",
      "web/form",
      "web/messages",
      "web/orders",
      "web/shell",
    ],
    "api/src/orders/shipments/fields.ts",
  ],
  "web/counts": [
    ...["web/access/use-sending.ts", "web/api", "web/components", "web/form", "web/messages", "web/shell"],
    ...[
      "web/orders/names.ts",
      "web/orders/searches.ts",
      "api/src/contract/decimal.ts",
      "api/src/stock/counts/fields.ts",
    ],
  ],
  "web/returns": [
    ...["web/api", "web/components", "web/form", "web/messages", "web/orders", "web/shell"],
    "api/src/orders/returns/fields.ts",
  ],
  "web/picking": [
    ...["web/api", "web/components", "web/form", "web/messages", "web/orders", "web/shell", "web/shipments"],
    ...["api/src/contract/decimal.ts", "api/src/orders/shipments/fields.ts", "api/src/worklists/fields.ts"],
  ],
  "web/home": [
    ...["web/api", "web/components", "web/messages", "web/orders", "web/shell", "web/worklists"],
    "api/src/contract/decimal.ts",
  ],
  "web/proof": ["web", "sqlproof"],
  web: ["api/openapi.json"],
};
