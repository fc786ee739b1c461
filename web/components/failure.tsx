import type { ReactNode } from "react";
import type { ApiError } from "../api/reply.ts";
import { errorText } from "../messages/problem-text.ts";
import { serverText } from "../messages/server.ts";
import { retrying, shellAction } from "../shell/data-attributes.ts";
import { Button } from "./button.tsx";
import { StaticIcon } from "./static-icon.tsx";

interface Props {
  readonly error: ApiError;
  /** Whether nothing else is on the page: then this is its heading. */
  readonly isPage?: boolean;
  /** The way on, where trying again would lead to the same. */
  readonly way?: ReactNode;
}

/** Shown when the API refused or could not be reached: why, and the way on, or a button to try again. */
export async function Failure({ error, isPage = false, way }: Props) {
  const Heading = isPage ? "h1" : "p";
  const { t, locale } = await serverText();
  const isAway = error.code === "unreachable" || error.status >= 500;
  return (
    <div
      role="alert"
      {...(isAway ? retrying : {})}
      className="flex flex-col items-center gap-3 rounded-xl border border-line bg-surface px-6 py-12 text-center"
    >
      <StaticIcon name="away" size={28} className="text-muted" />
      <Heading className="font-semibold text-lg">{t("failure.title")}</Heading>
      <p className="max-w-prose text-muted">{errorText(error, t, locale)}</p>
      {error.requestId !== null && (
        <p className="text-muted text-xs">
          {t("failure.requestId")} <code>{error.requestId}</code>
        </p>
      )}
      {way ?? (
        <Button look="primary" {...shellAction("refresh")}>
          <StaticIcon name="again" size={15} />
          {t("failure.retry")}
        </Button>
      )}
    </div>
  );
}
