import type { Metadata } from "next";
import { NoRight } from "../../../access/no-right.tsx";
import { UserForm } from "../../../access/users/user-form.tsx";
import { may } from "../../../api/session/current.ts";
import { PageHeader } from "../../../components/page-header.tsx";
import { serverText } from "../../../messages/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("access.addUser") };
}

/** A new user, who is invited by a link afterwards. */
export default async function NewUserPage() {
  if (!(await may("manage-users"))) return <NoRight right="manage-users" />;
  const { t } = await serverText();
  return (
    <>
      <PageHeader title={t("access.addUser")} about={t("access.addAbout")} />
      <UserForm user={null} employee={null} etag={null} />
    </>
  );
}
