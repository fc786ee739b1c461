/**
 * Writes `api/openapi.json` and `api/routes.txt` from the routes.
 *
 *     bun api/src/generate.ts
 */

import { join } from "node:path";
import { openSqlite } from "sqlproof";
import { CurrentAccess } from "./access/current.ts";
import { PasskeySite } from "./access/passkeys/site.ts";
import { CurrentCompany } from "./company/current.ts";
import { openApi, routesTable } from "./contract/openapi.ts";
import type { Route } from "./contract/route.ts";
import { createReporter } from "./report-list.ts";
import { allRoutes } from "./routes.ts";
import { Histogram } from "./watch/histogram.ts";

const folder = join(import.meta.dir, "..");

/** The expected contents of the generated files, by path. */
export async function generated(): Promise<ReadonlyMap<string, string>> {
  const routes = await declaredRoutes();
  return new Map([
    [join(folder, "openapi.json"), `${JSON.stringify(openApi(routes), null, 2)}\n`],
    [join(folder, "routes.txt"), routesTable(routes)],
  ]);
}

/** The declared routes, without a server. No handler is called. */
async function declaredRoutes(): Promise<readonly Route[]> {
  const database = openSqlite({ path: ":memory:" });
  const company = new CurrentCompany(database);
  const access = new CurrentAccess(database, { isOpenWithoutUsers: true });
  try {
    return allRoutes({
      database,
      company,
      access,
      hasSecureCookies: false,
      firstUserLink: null,
      passkeySite: new PasskeySite(null, []),
      singleSignOn: null,
      mailer: null,
      reporter: createReporter(database, null),
      allowImport: false,
      writeCounts: { sizes: new Histogram([]), waiting: 0 },
      notReady: async () => null,
    });
  } finally {
    company.close();
    access.close();
    await database.close();
  }
}

if (import.meta.main) for (const [path, text] of await generated()) await Bun.write(path, text);
