import type { Metadata } from "next";
import { AccessFrame } from "../../access/access-frame.tsx";
import { GoOn } from "../../access/sign-in/go-on.tsx";
import { SignInForm } from "../../access/sign-in/sign-in-form.tsx";
import { currentSession } from "../../api/session/current.ts";
import { ownPath } from "../../api/session/own-path.ts";
import { errorText } from "../../messages/problem-text.ts";
import { serverText } from "../../messages/server.ts";

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("access.signIn") };
}

/** Signs in, and leads to the page that was asked for (`?to=/orders/7`). */
export default async function SignInPage({ searchParams }: Props) {
  const { to, refused } = await searchParams;
  const { state, sign_in } = await currentSession();
  if (state === "open" || state === "signed-in") return <GoOn to={ownPath(to)} />;
  const { t, locale } = await serverText();
  const words = typeof refused === "string" ? errorText({ code: refused, message: "" }, t, locale) : null;
  return (
    <AccessFrame title={t("access.signIn")}>
      {sign_in.no_user && <p className="text-muted">{t("access.noUserYet")}</p>}
      <SignInForm to={ownPath(to)} refused={words} asksCode={refused === "second-factor"} />
    </AccessFrame>
  );
}
