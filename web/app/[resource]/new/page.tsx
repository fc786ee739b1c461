import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NoRight } from "../../../access/no-right.tsx";
import { may } from "../../../api/session/current.ts";
import { PageHeader } from "../../../components/page-header.tsx";
import { serverText } from "../../../messages/server.ts";
import { ResourceForm } from "../../../resources/form/resource-form.tsx";
import { resourceOf, rightToWrite } from "../../../resources/resource.ts";

interface Props {
  readonly params: Promise<{ readonly resource: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const resource = resourceOf((await params).resource);
  return resource === null ? {} : { title: (await serverText()).t(resource.add) };
}

/** Something new: /customers/new and so on. */
export default async function NewPage({ params }: Props) {
  const resource = resourceOf((await params).resource);
  if (resource === null) notFound();
  const right = rightToWrite(resource.plural);
  if (!(await may(right))) return <NoRight right={right} />;
  const { t } = await serverText();
  return (
    <>
      <PageHeader title={t(resource.add)} />
      <ResourceForm resource={resource.plural} loaded={null} />
    </>
  );
}
