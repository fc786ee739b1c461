import { type Company, company, setCompany } from "./company.ts";
import { companyAge } from "./company-age.ts";
import { readReply } from "./reply.ts";
import { apiUrl } from "./server.ts";

/** Up to this age the company is used without asking; after that it is read again. */
const freshMs = 1000;
/** So long a page waits for that, then it goes on with the company as it was: a slow API does not hold it up twice. */
const patienceMs = 100;
const timeoutMs = 2000;

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
 * pages, waits for it; any other only a moment, so that a change that another program has made is seen as well.
 */
export async function loadCompany(): Promise<Company> {
  const age = companyAge();
  const read = () => {
    age.reading ??= readCompany().finally(() => {
      age.reading = null;
    });
    return age.reading;
  };
  while (age.readAt === Number.NEGATIVE_INFINITY) await read();
  if (performance.now() - age.readAt > freshMs)
    await Promise.race([read(), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
  return company();
}

/** The entity tag of the logo: which one it is, without its bytes. */
async function readLogo(signal: AbortSignal): Promise<string | null> {
  const { status, headers } = await fetch(`${apiUrl()}/api/company/logo`, {
    method: "HEAD",
    cache: "no-store",
    signal,
  });
  if (status >= 500) return company().logo;
  return status === 200 ? headers.get("etag") : null;
}

/** While the API does not answer, the company stays as it was; the page reports the error where it reads its data. */
async function readCompany(): Promise<void> {
  const age = companyAge();
  const before = age.readAt;
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const [reply, logo] = await Promise.all([
      fetch(`${apiUrl()}/api/company`, { cache: "no-store", signal }).then((answer) => readReply<Answer>(answer)),
      readLogo(signal),
    ]);
    if (!reply.ok) return;
    const { name, currency: code, minor_unit: minorUnit, time_zone: timeZone, language, confirmed } = reply.data;
    setCompany({ name, currency: { code, minorUnit }, timeZone, language, confirmed, logo });
  } catch {
    // Refused, cut or too late.
  } finally {
    // Unless somebody has changed the company in the meantime: what was read here may be older.
    if (age.readAt === before) age.readAt = performance.now();
  }
}
