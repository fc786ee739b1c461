import type { Metadata } from "next";
import openapi from "../../../api/openapi.json";
import { apiUrl } from "../../api/ask.ts";
import { get } from "../../api/server.ts";
import { Card } from "../../components/card.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { StaticIcon } from "../../components/static-icon.tsx";
import { serverText } from "../../messages/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.about") };
}

interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
}

const methods = ["get", "post", "put", "delete"] as const;

/** Every route of the API, from its OpenAPI document. */
const endpoints: readonly Endpoint[] = Object.entries(openapi.paths).flatMap(([path, operations]) => {
  const known: Readonly<Record<string, { readonly summary: string } | undefined>> = operations;
  return methods.flatMap((method) => {
    const operation = known[method];
    return operation === undefined ? [] : [{ method: method.toUpperCase(), path, summary: operation.summary }];
  });
});

/** What this is, whether it is healthy, and what its API can do. */
export default async function AboutPage() {
  const { t } = await serverText();
  const health = await get<unknown>("/api/health");
  const ready = await isReady();
  return (
    <>
      <PageHeader title={t("nav.about")} about={t("about.intro")} />
      <div className="grid gap-4">
        <Card title={t("about.health")}>
          <ul className="px-4 py-3">
            <Check isGood={health.ok} name={t("about.api")} />
            <Check isGood={ready} name={t("about.database")} />
          </ul>
        </Card>
        <Card
          title={t("about.endpoints")}
          actions={
            <a href="/api/docs" className="text-accent hover:underline">
              {t("about.docs")}
            </a>
          }
          className="overflow-x-auto"
        >
          <table className="w-full">
            <thead className="sr-only">
              <tr>
                <th scope="col">{t("about.method")}</th>
                <th scope="col">{t("about.path")}</th>
                <th scope="col">{t("about.does")}</th>
              </tr>
            </thead>
            <tbody>
              {endpoints.map(({ method, path, summary }) => (
                <tr key={`${method} ${path}`} className="border-line border-b last:border-0">
                  <td className="px-4 py-1.5 align-top font-medium text-xs leading-5">{method}</td>
                  <th scope="row" className="px-4 py-1.5 text-left font-normal">
                    <code className="break-all text-sm">{path}</code>
                    <span className="block text-muted text-xs sm:hidden" lang="en">
                      {summary}
                    </span>
                  </th>
                  <td className="px-4 py-1.5 text-muted max-sm:hidden" lang="en">
                    {summary}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      </div>
    </>
  );
}

/** `/readyz` asks the database; browsers cannot reach it. */
async function isReady(): Promise<boolean> {
  try {
    const response = await fetch(`${apiUrl()}/readyz`, { cache: "no-store", signal: AbortSignal.timeout(3000) });
    return response.ok;
  } catch {
    // Refused or too late: not ready.
    return false;
  }
}

async function Check({ isGood, name }: { readonly isGood: boolean; readonly name: string }) {
  const { t } = await serverText();
  return (
    <li className={`flex items-center gap-2 py-0.5 ${isGood ? "text-good" : "text-bad"}`}>
      <StaticIcon name={isGood ? "good" : "bad"} size={16} />
      <span className="text-ink">{name}</span>
      {t(isGood ? "about.good" : "about.bad")}
    </li>
  );
}
