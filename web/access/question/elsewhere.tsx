"use client";
import { useState } from "react";
import { useSession } from "../../api/session/provider.tsx";
import { Button } from "../../components/button.tsx";
import { useText } from "../../messages/provider.tsx";

interface Props {
  readonly query: Readonly<Record<string, string>>;
  readonly onDone: () => void;
}

/** Single sign-on in another window: this one stays as it is, with what was typed into it. */
export function ElsewhereSignIn({ query, onDone }: Props) {
  const { t } = useText();
  const { single_sign_on } = useSession().sign_in;
  const [isOpened, setOpened] = useState(false);
  if (single_sign_on === null) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-line border-t pt-4">
      <a
        href={`/api/session/single-sign-on?${new URLSearchParams(query)}`}
        target="_blank"
        rel="noreferrer"
        className="text-accent underline underline-offset-2"
        onClick={() => setOpened(true)}
      >
        {t("access.singleSignOnWindow", { name: single_sign_on })}
      </a>
      {isOpened && <Button onClick={onDone}>{t("access.goOn")}</Button>}
    </div>
  );
}
