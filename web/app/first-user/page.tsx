import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccessFrame } from "../../access/access-frame.tsx";
import { FirstUserForm } from "../../access/first-user-form.tsx";
import { currentSession } from "../../api/session/current.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { serverText } from "../../messages/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("access.createFirst") };
}

/** Creates the first user. From then on everybody has to sign in. */
export default async function FirstUserPage() {
  const { state } = await currentSession();
  if (state === "signed-in") redirect("/");
  const { t } = await serverText();
  if (state === "signed-out")
    return (
      <AccessFrame title={t("access.createFirst")}>
        <p className="text-muted">{t("access.firstAbout")}</p>
        <FirstUserForm />
      </AccessFrame>
    );
  return (
    <>
      <PageHeader title={t("access.createFirst")} about={t("access.firstAbout")} />
      <FirstUserForm />
    </>
  );
}
