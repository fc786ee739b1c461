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
        <Card>
          <ul className="divide-y divide-line">
            {reply.data.map((user) => (
              <UserLine key={user.id} user={user} />
            ))}
          </ul>
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

async function UserLine({ user }: { readonly user: User }) {
  const { t } = await serverText();
  const state = user.disabled ? "access.disabled" : user.has_password ? null : "access.invited";
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5">
      <Link href={`/users/${user.id}`} className="min-w-40 font-medium text-accent hover:underline">
        {user.name}
      </Link>
      <span className="min-w-0 flex-1 basis-56 break-words text-muted">{user.email_address}</span>
      <span className="basis-56">{user.roles.map((role) => t(`role.${role}`)).join(", ") || "–"}</span>
      <span className="text-warn">{state === null ? "" : t(state)}</span>
    </li>
  );
}
