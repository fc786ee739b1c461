import { cache } from "react";
import { apiUrl, nameHeaders } from "./ask.ts";
import { type Company, company, newCompany, setCompany } from "./company.ts";
import { companyAge } from "./company-age.ts";
import { readReply } from "./reply.ts";
import { may } from "./session/current.ts";

/** Up to this age the company is used without asking; after that it is read again. */
const freshMs = 1000;
/** So long a page waits for that, then it goes on with the company as it was: a slow API does not hold it up twice. */
const patienceMs = 100;
const timeoutMs = 2000;

type NameHeaders = Readonly<Record<string, string>>;

interface Answer {
  readonly name: string | null;
  readonly currency: string;
  readonly minor_unit: Company["currency"]["minorUnit"];
  readonly time_zone: string;
  readonly language: string;
  readonly confirmed: boolean;
}

/**
 * The company for a page that is rendered now. The first page, and the first one after a change that was made through the
 * pages, waits for it; any other only a moment, so that a change that another program has made is seen as well. It is one
 * company for all of a page, and the same for everybody who may read it. Whoever may not gets that of a new database, and
 * takes nothing over.
 */
export const loadCompany = cache(async (): Promise<Company> => {
  if (!(await may("read-company"))) return newCompany;
  const age = companyAge();
  const own = await nameHeaders();
  const read = () => {
    age.reading ??= readCompany(own).finally(() => {
      age.reading = null;
    });
    return age.reading;
  };
  // Another user's request may be refused: then it is asked once more, by this one.
  for (let round = 0; round < 2 && age.readAt === Number.NEGATIVE_INFINITY; round += 1) await read();
  if (performance.now() - age.readAt > freshMs)
    await Promise.race([read(), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
  return company();
});

/** The entity tag of the logo: which one it is, without its bytes. */
async function readLogo(headers: NameHeaders, signal: AbortSignal): Promise<string | null> {
  const init = { method: "HEAD", headers, cache: "no-store", signal } as const;
  const answer = await fetch(`${apiUrl()}/api/company/logo`, init);
  if (answer.status >= 500) return company().logo;
  return answer.status === 200 ? answer.headers.get("etag") : null;
}

/** While the API does not answer, the company stays as it was; the page reports the error where it reads its data. */
async function readCompany(headers: NameHeaders): Promise<void> {
  const age = companyAge();
  const before = age.readAt;
  let isRefused = false;
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const init = { headers, cache: "no-store", signal } as const;
    const [reply, logo] = await Promise.all([
      fetch(`${apiUrl()}/api/company`, init).then((answer) => readReply<Answer>(answer)),
      readLogo(headers, signal),
    ]);
    isRefused = !reply.ok && (reply.status === 401 || reply.status === 403);
    if (!reply.ok) return;
    const { name, currency: code, minor_unit: minorUnit, time_zone: timeZone, language, confirmed } = reply.data;
    setCompany({ name, currency: { code, minorUnit }, timeZone, language, confirmed, logo });
  } catch {
    // Refused, cut or too late.
  } finally {
    // Unless somebody has changed the company in the meantime: what was read here may be older. A refusal says nothing.
    if (age.readAt === before && !isRefused) age.readAt = performance.now();
  }
}
