import type { Metadata } from "next";
import { redirect } from "next/navigation";
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
  if ((await currentSession()).state === "signed-in") redirect("/");
  const { t } = await serverText();
  return (
    <>
      <PageHeader title={t("access.createFirst")} about={t("access.firstAbout")} />
      <FirstUserForm />
    </>
  );
}
