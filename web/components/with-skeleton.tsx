import { cookies } from "next/headers";
import { type ReactElement, Suspense } from "react";
import { serverText } from "../messages/server.ts";

/** A page this fast needs no skeleton, which would only make it jump. */
const soonMs = 400;

/**
 * Renders a page that waits for the API: at once when it is fast, otherwise after a skeleton. A browser that is not known
 * to run scripts (shell/theme-script.ts) gets the page itself: the skeleton would be all it ever shows.
 */
export async function withSkeleton(page: Promise<ReactElement>): Promise<ReactElement> {
  if (!(await cookies()).has("scripts")) return page;
  const isSoon = await Promise.race([page.then(() => true), passed(soonMs)]);
  return isSoon ? page : <Suspense fallback={<Waiting />}>{page}</Suspense>;
}

function passed(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms));
}

/** A skeleton of a heading and its content, with a message. */
async function Waiting() {
  const { t } = await serverText();
  const block = "animate-pulse rounded-xl border border-line bg-surface";
  return (
    <div>
      <p role="status" className="mb-5 text-muted">
        {t("orders.loading")}
      </p>
      <div aria-hidden className="flex flex-col gap-4">
        <div className={`h-8 w-56 ${block}`} />
        <div className={`h-64 ${block}`} />
        <div className={`h-40 ${block}`} />
      </div>
    </div>
  );
}
