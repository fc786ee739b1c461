import type { Metadata } from "next";
import { AccessFrame } from "../../access/access-frame.tsx";
import { PasswordLinkForm } from "../../access/password-link-form.tsx";
import { serverText } from "../../messages/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("access.choosePassword") };
}

/** Where a one-time link leads: to choose a password. */
export default async function PasswordPage() {
  const { t } = await serverText();
  return (
    <AccessFrame title={t("access.choosePassword")}>
      <PasswordLinkForm />
    </AccessFrame>
  );
}
