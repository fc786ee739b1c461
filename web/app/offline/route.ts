import { serverText } from "../../messages/server.ts";
import { offlineDocument } from "../../offline/document.ts";

/** The page for a browser to keep. With OFFLINE_PAGE=off there is none, and browsers forget the one they have. */
export async function GET(): Promise<Response> {
  if (process.env.OFFLINE_PAGE === "off") return new Response(null, { status: 404 });
  const { t, locale } = await serverText();
  return new Response(offlineDocument(t, locale), {
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
