import { serverText } from "../messages/server.ts";
import { retrying } from "../shell/frame.ts";
import { HomeSkeleton } from "./skeleton.tsx";

/** What stands there until a first count of very many orders is done; it comes by itself. */
export async function StillCounting() {
  const { t } = await serverText();
  return (
    <div {...retrying}>
      <HomeSkeleton words={t("home.counting")} />
    </div>
  );
}
