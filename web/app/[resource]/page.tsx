import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { patient } from "../../components/slow-page.tsx";
import { serverText } from "../../messages/server.ts";
import { type ListQuery, nounListPage } from "../../resources/list-page.tsx";
import { nounOf } from "../../resources/resource.ts";

interface Props {
  readonly params: Promise<{ readonly resource: string }>;
  readonly searchParams: Promise<ListQuery>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const noun = nounOf((await params).resource);
  return noun === null ? {} : { title: (await serverText()).t(noun.title) };
}

/** Customers, products, employees, shippers, suppliers: /customers and so on. */
export default async function NounPage({ params, searchParams }: Props) {
  const noun = nounOf((await params).resource);
  if (noun === null) notFound();
  return patient(nounListPage({ noun, query: await searchParams }));
}
