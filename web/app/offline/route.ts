import { serverText } from "../../messages/server.ts";
import { offlineDocument } from "../../offline/document.ts";

/** The page that a browser stores. With OFFLINE_PAGE=off there is none, and browsers delete the one they have. */
export async function GET(): Promise<Response> {
  if (process.env.OFFLINE_PAGE === "off") return new Response(null, { status: 404 });
  const { t, locale } = await serverText();
  return new Response(offlineDocument(t, locale), {
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
