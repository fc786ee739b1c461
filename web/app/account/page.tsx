import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ChangePassword } from "../../access/account/change-password.tsx";
import { Sessions } from "../../access/account/sessions.tsx";
import { Tokens } from "../../access/account/tokens.tsx";
import { currentSession } from "../../api/session/current.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { serverText } from "../../messages/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("access.account") };
}

/** What users look after themselves: password, sessions and tokens. */
export default async function AccountPage() {
  const { state, user } = await currentSession();
  if (state === "open") redirect("/first-user");
  const { t } = await serverText();
  return (
    <>
      <PageHeader title={t("access.account")} about={user === null ? "" : `${user.name}, ${user.email_address}`} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <ChangePassword />
        <Sessions />
      </div>
      <Tokens />
    </>
  );
}
