import type { Refusal } from "../api/reply.ts";
import { refusalWords } from "../messages/problem-text.ts";
import { serverText } from "../messages/server.ts";
import { retrying, shellAction } from "../shell/frame.ts";
import { Button } from "./button.tsx";
import { StillIcon } from "./still-icon.tsx";

interface Props {
  readonly refusal: Refusal;
  /** Whether nothing else stands on the page: then this is its heading. */
  readonly isPage?: boolean;
}

/** What a page shows when the API refused or could not be reached: why, and a way to try again. */
export async function Failure({ refusal, isPage = false }: Props) {
  const Heading = isPage ? "h1" : "p";
  const { t, locale } = await serverText();
  const isAway = refusal.code === "unreachable" || refusal.status >= 500;
  return (
    <div
      role="alert"
      {...(isAway ? retrying : {})}
      className="flex flex-col items-center gap-3 rounded-xl border border-line bg-surface px-6 py-12 text-center"
    >
      <StillIcon name="away" size={28} className="text-muted" />
      <Heading className="font-semibold text-lg">{t("failure.title")}</Heading>
      <p className="max-w-prose text-muted">{refusalWords(refusal, t, locale)}</p>
      {refusal.requestId !== null && (
        <p className="text-muted text-xs">
          {t("failure.requestId")} <code>{refusal.requestId}</code>
        </p>
      )}
      <Button look="primary" {...shellAction("refresh")}>
        <StillIcon name="again" size={15} />
        {t("failure.retry")}
      </Button>
    </div>
  );
}
