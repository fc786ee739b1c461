import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { get } from "../../../../api/server.ts";
import { Failure } from "../../../../components/failure.tsx";
import { PageHeader } from "../../../../components/page-header.tsx";
import { patient } from "../../../../components/slow-page.tsx";
import { serverText } from "../../../../messages/server.ts";
import { draftOf } from "../../../../resources/form/draft.ts";
import { NounForm } from "../../../../resources/form/resource-form.tsx";
import { supplierNames } from "../../../../resources/load.ts";
import { type NounRow, nameOf, nounOf } from "../../../../resources/resource.ts";

interface Props {
  readonly params: Promise<{ readonly resource: string; readonly id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { resource: path, id } = await params;
  const noun = nounOf(path);
  if (noun === null) return {};
  const reply = await get<NounRow>(`/api/${path}/${encodeURIComponent(id)}`);
  return reply.ok ? { title: (await serverText()).t("noun.editTitle", { name: nameOf(noun.plural, reply.data) }) } : {};
}

/** A change: /customers/4/edit and so on. */
export default function EditPage(props: Props) {
  return patient(editPage(props));
}

async function editPage({ params }: Props) {
  const { resource: path, id } = await params;
  const noun = nounOf(path);
  if (noun === null) notFound();
  const reply = await get<NounRow>(`/api/${noun.plural}/${encodeURIComponent(id)}`);
  if (!reply.ok && (reply.status === 404 || reply.status === 400)) notFound();
  if (!reply.ok) return <Failure refusal={reply} isPage />;
  const { t, locale } = await serverText();
  const { data: row, etag } = reply;
  const draft = draftOf(noun, row, await supplierNames(row), locale);
  return (
    <>
      <PageHeader title={t("noun.editTitle", { name: nameOf(noun.plural, row) })} />
      {/* Another version is another form: what was typed into the first one is kept as its draft. */}
      <NounForm key={etag} noun={noun.plural} loaded={{ row, draft, etag }} />
    </>
  );
}
