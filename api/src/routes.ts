import { preferencesRoutes } from "./access/account/preferences.ts";
import { accountRoutes } from "./access/account/routes.ts";
import { auditRoutes } from "./access/audit/routes.ts";
import { firstUserRoutes } from "./access/first-user/routes.ts";
import { passkeyRoutes } from "./access/passkeys/routes.ts";
import { passwordResetRoutes } from "./access/password-reset/routes.ts";
import { proofRoutes } from "./access/proof/routes.ts";
import { accessRoutes } from "./access/routes.ts";
import { secondFactorRoutes } from "./access/second-factor/routes.ts";
import { identityRoutes } from "./access/single-sign-on/identity.ts";
import { singleSignOnRoutes } from "./access/single-sign-on/routes.ts";
import { tokenRoutes } from "./access/tokens/routes.ts";
import { userRoutes } from "./access/users/routes.ts";
import type { Api } from "./api.ts";
import { changeRoutes } from "./changes/routes.ts";
import { companyRoutes } from "./company/routes.ts";
import type { Route } from "./contract/route.ts";
import { healthRoutes } from "./health/routes.ts";
import { actionRoutes } from "./orders/actions/routes.ts";
import { overviewRoutes } from "./orders/overview/routes.ts";
import { returnRoutes } from "./orders/returns/routes.ts";
import { orderRoutes } from "./orders/routes.ts";
import { shipmentRoutes } from "./orders/shipments/routes.ts";
import { purchasingRoutes } from "./purchasing/routes.ts";
import { customerRoutes } from "./resources/customers/routes.ts";
import { employeeRoutes } from "./resources/employees/routes.ts";
import { productRoutes } from "./resources/products/routes.ts";
import { shipperRoutes } from "./resources/shippers/routes.ts";
import { statusRoutes } from "./resources/statuses/routes.ts";
import { supplierRoutes } from "./resources/suppliers/routes.ts";
import { taxRateRoutes } from "./resources/tax-rates/routes.ts";
import { countRoutes } from "./stock/counts/routes.ts";
import { stockRoutes } from "./stock/routes.ts";
import { summaryRoutes } from "./summary/routes.ts";
import { worklistRoutes } from "./worklists/routes.ts";

/** Every route of the API. */
export function allRoutes(api: Api): readonly Route[] {
  return [
    ...healthRoutes(api),
    ...orderRoutes(api),
    ...actionRoutes(api),
    ...shipmentRoutes(api),
    ...returnRoutes(api),
    ...overviewRoutes(api),
    ...customerRoutes(api),
    ...productRoutes(api),
    ...stockRoutes(api),
    ...countRoutes(api),
    ...purchasingRoutes(api),
    ...employeeRoutes(api),
    ...shipperRoutes(api),
    ...supplierRoutes(api),
    ...taxRateRoutes(api),
    ...statusRoutes(api),
    ...summaryRoutes(api),
    ...worklistRoutes(api),
    ...changeRoutes(api),
    ...companyRoutes(api),
    ...accessRoutes(api),
    ...firstUserRoutes(api),
    ...singleSignOnRoutes(api),
    ...passwordResetRoutes(api),
    ...proofRoutes(api),
    ...userRoutes(api),
    ...identityRoutes(api),
    ...tokenRoutes(api),
    ...accountRoutes(api),
    ...preferencesRoutes(api),
    ...secondFactorRoutes(api),
    ...passkeyRoutes(api),
    ...auditRoutes(api),
  ];
}
