import { serverText } from "../messages/server.ts";
import { retrying } from "../shell/data-attributes.ts";
import { HomeSkeleton } from "./skeleton.tsx";

/** Shown until the first count of very many orders is done; the page then refreshes. */
export async function StillCounting() {
  const { t } = await serverText();
  return (
    <div {...retrying}>
      <HomeSkeleton words={t("home.counting")} />
    </div>
  );
}
