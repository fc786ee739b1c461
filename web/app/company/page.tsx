import type { Metadata } from "next";
import { loadCompany } from "../../api/company-server.ts";
import { get } from "../../api/server.ts";
import { may } from "../../api/session/current.ts";
import { Failure } from "../../components/failure.tsx";
import { LogoImage } from "../../components/logo-image.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { withSkeleton } from "../../components/with-skeleton.tsx";
import { serverText } from "../../messages/server.ts";
import { companyForm } from "../../resources/company.ts";
import { Group } from "../../resources/detail-page.tsx";
import { draftOf } from "../../resources/form/draft.ts";
import { ResourceForm } from "../../resources/form/resource-form.tsx";
import { LogoCard } from "../../resources/logo.tsx";
import type { ResourceRow } from "../../resources/resource.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.company") };
}

/** The company behind the orders: its settings, to read and to change. */
export default function CompanyPage() {
  return withSkeleton(companyPage());
}

async function companyPage() {
  const reply = await get<ResourceRow>("/api/company");
  if (!reply.ok) return <Failure error={reply} isPage />;
  const { t, locale } = await serverText();
  const { data: row, etag } = reply;
  const { logo } = await loadCompany();
  if (!(await may("write-company")))
    return (
      <>
        <PageHeader title={t("nav.company")} about={t("company.about")} />
        {logo !== null && <LogoImage etag={logo} alt={t("company.logo")} className="mb-4 max-h-16 max-w-60 bg-white" />}
        <div className="grid items-start gap-4 lg:grid-cols-2">
          {companyForm.groups.map((group) => (
            <Group key={group.title} group={group} row={row} />
          ))}
        </div>
      </>
    );
  const draft = draftOf(companyForm, row, String, locale);
  return (
    <>
      <PageHeader title={t("nav.company")} about={t("company.about")} />
      <LogoCard etag={logo} />
      {/* Another version is another form. */}
      <ResourceForm key={etag} resource="company" loaded={{ row, draft, etag }} />
    </>
  );
}
