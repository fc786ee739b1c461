import type { Metadata, Route } from "next";
import { NoRight } from "../../access/no-right.tsx";
import type { User } from "../../access/users/user.ts";
import { get } from "../../api/server.ts";
import { may } from "../../api/session/current.ts";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Failure } from "../../components/failure.tsx";
import { Link } from "../../components/link.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { StaticIcon } from "../../components/static-icon.tsx";
import { serverText } from "../../messages/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.users") };
}

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Who may sign in. */
export default async function UsersPage({ searchParams }: Props) {
  if (!(await may("manage-users"))) return <NoRight right="manage-users" />;
  const { t } = await serverText();
  const { cursor } = await searchParams;
  const asked = new URLSearchParams({ limit: "50", sort: "name" });
  if (typeof cursor === "string") asked.set("cursor", cursor);
  const reply = await get<readonly User[]>(`/api/users?${asked}`);
  const next = reply.ok ? (reply.page?.next_cursor ?? null) : null;
  const nextPage: Route = `/users?${new URLSearchParams({ cursor: next ?? "" })}`;
  return (
    <>
      <PageHeader
        title={t("nav.users")}
        about={t("access.usersAbout")}
        actions={
          <ButtonLink look="primary" href="/users/new">
            <StaticIcon name="plus" size={15} />
            {t("access.addUser")}
          </ButtonLink>
        }
      />
      {reply.ok ? (
        <Card className="overflow-x-auto">
          <table className="w-full">
            <thead className="max-sm:sr-only">
              <tr className="border-line border-b text-left text-muted text-xs">
                <th scope="col" className="px-4 py-2 font-medium">
                  {t("access.name")}
                </th>
                <th scope="col" className="px-3 py-2 font-medium max-sm:hidden">
                  {t("access.roles")}
                </th>
                <th scope="col" className="px-3 py-2 font-medium max-sm:hidden">
                  {t("access.secondFactor")}
                </th>
                <th scope="col" className="px-4 py-2 font-medium">
                  {t("access.state")}
                </th>
              </tr>
            </thead>
            <tbody>
              {reply.data.map((user) => (
                <UserRow key={user.id} user={user} />
              ))}
            </tbody>
          </table>
        </Card>
      ) : (
        <Failure error={reply} />
      )}
      {next !== null && (
        <div className="mt-3 flex justify-end">
          <ButtonLink href={nextPage}>{t("resource.nextPage")}</ButtonLink>
        </div>
      )}
    </>
  );
}

async function UserRow({ user }: { readonly user: User }) {
  const { t } = await serverText();
  const state = user.disabled ? "access.disabled" : user.has_password ? "access.active" : "access.invited";
  const roles = user.roles.map((role) => t(`role.${role}`)).join(", ") || "–";
  const factor = t(user.has_second_factor ? "value.yes" : "value.no");
  return (
    <tr className="border-line border-b last:border-0 hover:bg-canvas">
      <th scope="row" className="px-4 py-2 text-left font-normal">
        <Link href={`/users/${user.id}`} className="font-medium text-accent hover:underline">
          {user.name}
        </Link>
        <span className="block break-all text-muted text-xs">{user.email_address}</span>
        <span className="block text-xs sm:hidden">{roles}</span>
        <span className="block text-muted text-xs sm:hidden">
          {t("access.secondFactor")}: {factor}
        </span>
      </th>
      <td className="px-3 py-2 max-sm:hidden">{roles}</td>
      <td className={`px-3 py-2 max-sm:hidden ${user.has_second_factor ? "" : "text-muted"}`}>{factor}</td>
      <td className={`px-4 py-2 text-right sm:text-left ${state === "access.active" ? "text-muted" : "text-warn"}`}>
        {t(state)}
      </td>
    </tr>
  );
}
