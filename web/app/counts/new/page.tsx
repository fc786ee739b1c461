import type { Metadata } from "next";
import { NoRight } from "../../../access/no-right.tsx";
import { may } from "../../../api/session/current.ts";
import { PageHeader } from "../../../components/page-header.tsx";
import { NewCountForm } from "../../../counts/new-form.tsx";
import { serverText } from "../../../messages/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("counts.new") };
}

/** Begins a count. */
export default async function NewCountPage() {
  if (!(await may("write-stock"))) return <NoRight right="write-stock" />;
  const { t } = await serverText();
  return (
    <>
      <PageHeader title={t("counts.new")} about={t("counts.newAbout")} />
      <NewCountForm />
    </>
  );
}
