import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NoRight } from "../../../../access/no-right.tsx";
import { get } from "../../../../api/server.ts";
import { may } from "../../../../api/session/current.ts";
import { Failure } from "../../../../components/failure.tsx";
import { PageHeader } from "../../../../components/page-header.tsx";
import { withSkeleton } from "../../../../components/with-skeleton.tsx";
import { serverText } from "../../../../messages/server.ts";
import { draftOf } from "../../../../resources/form/draft.ts";
import { ResourceForm } from "../../../../resources/form/resource-form.tsx";
import { supplierNames } from "../../../../resources/load.ts";
import { nameOf, type ResourceRow, resourceOf, rightToWrite } from "../../../../resources/resource.ts";

interface Props {
  readonly params: Promise<{ readonly resource: string; readonly id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { resource: path, id } = await params;
  const resource = resourceOf(path);
  if (resource === null) return {};
  const reply = await get<ResourceRow>(`/api/${path}/${encodeURIComponent(id)}`);
  return reply.ok
    ? { title: (await serverText()).t("resource.editTitle", { name: nameOf(resource.plural, reply.data) }) }
    : {};
}

/** A change: /customers/4/edit and so on. */
export default function EditPage(props: Props) {
  return withSkeleton(editPage(props));
}

async function editPage({ params }: Props) {
  const { resource: path, id } = await params;
  const resource = resourceOf(path);
  if (resource === null) notFound();
  const right = rightToWrite(resource.plural);
  if (!(await may(right))) return <NoRight right={right} />;
  const reply = await get<ResourceRow>(`/api/${resource.plural}/${encodeURIComponent(id)}`);
  if (!reply.ok && (reply.status === 404 || reply.status === 400)) notFound();
  if (!reply.ok) return <Failure error={reply} isPage />;
  const { t, locale } = await serverText();
  const { data: row, etag } = reply;
  const draft = draftOf(resource, row, await supplierNames(row), locale);
  return (
    <>
      <PageHeader title={t("resource.editTitle", { name: nameOf(resource.plural, row) })} />
      {/* Another version is another form: what was typed into the first one is stored as its draft. */}
      <ResourceForm key={etag} resource={resource.plural} loaded={{ row, draft, etag }} />
    </>
  );
}
