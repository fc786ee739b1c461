import { Suspense } from "react";
import { get } from "../api/server.ts";
import { may } from "../api/session/current.ts";
import { PageHeader } from "../components/page-header.tsx";
import { HomeContent, WorklistsAlone } from "../home/home-content.tsx";
import { HomeSkeleton } from "../home/skeleton.tsx";
import { summaryPath } from "../home/summary.ts";
import { serverText } from "../messages/server.ts";

/** An answer this fast needs no skeleton, which would only make the page jump. */
const soonMs = 250;

/** What needs attention today, and how sales are going. */
export default async function HomePage() {
  const { t } = await serverText();
  if (!(await may("read-summary")))
    return (
      <>
        <PageHeader title={t("home.title")} about={t("home.attention")} />
        <WorklistsAlone />
      </>
    );
  const isSoon = await Promise.race([get(summaryPath).then(() => true), passed(soonMs)]);
  return (
    <>
      <PageHeader title={t("home.title")} about={t("home.about")} />
      {isSoon ? (
        <HomeContent />
      ) : (
        <Suspense fallback={<HomeSkeleton words={t("home.loading")} />}>
          <HomeContent />
        </Suspense>
      )}
    </>
  );
}

function passed(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms));
}
