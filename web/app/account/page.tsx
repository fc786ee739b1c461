import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { Account } from "../../access/account/account.ts";
import { ChangePassword } from "../../access/account/change-password.tsx";

import { Passkeys } from "../../access/account/passkeys.tsx";
import { Sessions } from "../../access/account/sessions.tsx";
import { Tokens } from "../../access/account/tokens.tsx";
import { Totp } from "../../access/account/totp.tsx";
import { get } from "../../api/server.ts";
import { currentSession } from "../../api/session/current.ts";
import { Failure } from "../../components/failure.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { serverText } from "../../messages/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("access.account") };
}

/** What users look after themselves: what they sign in with, where they are signed in, and tokens. */
export default async function AccountPage() {
  const { state, user, needs_second_factor } = await currentSession();
  if (state === "open") redirect("/first-user");
  const reply = await get<Account>("/api/account");
  if (!reply.ok) return <Failure error={reply} isPage />;
  const { has_password, ...account } = reply.data;
  const { t } = await serverText();
  return (
    <>
      <PageHeader title={t("access.account")} about={user === null ? "" : `${user.name}, ${user.email_address}`} />
      {needs_second_factor && (
        <p role="status" className="mb-4 rounded-xl border border-warn bg-warn-soft px-4 py-2.5 text-warn">
          {t("access.secondFactorNeeded")}
        </p>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          {has_password && <ChangePassword />}
          <Totp {...account} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Passkeys />
          <Sessions />
        </div>
      </div>
      {!needs_second_factor && <Tokens />}
    </>
  );
}
