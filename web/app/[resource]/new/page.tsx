import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageHeader } from "../../../components/page-header.tsx";
import { serverText } from "../../../messages/server.ts";
import { NounForm } from "../../../resources/form/resource-form.tsx";
import { nounOf } from "../../../resources/resource.ts";

interface Props {
  readonly params: Promise<{ readonly resource: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const noun = nounOf((await params).resource);
  return noun === null ? {} : { title: (await serverText()).t(noun.add) };
}

/** Something new: /customers/new and so on. */
export default async function NewPage({ params }: Props) {
  const noun = nounOf((await params).resource);
  if (noun === null) notFound();
  const { t } = await serverText();
  return (
    <>
      <PageHeader title={t(noun.add)} />
      <NounForm noun={noun.plural} loaded={null} />
    </>
  );
}
