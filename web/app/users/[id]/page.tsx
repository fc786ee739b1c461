import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NoRight } from "../../../access/no-right.tsx";
import { Invitation } from "../../../access/users/invitation.tsx";
import type { User } from "../../../access/users/user.ts";
import { UserAccess } from "../../../access/users/user-access.tsx";
import { UserForm } from "../../../access/users/user-form.tsx";
import { get } from "../../../api/server.ts";
import { may } from "../../../api/session/current.ts";
import { Failure } from "../../../components/failure.tsx";
import { PageHeader } from "../../../components/page-header.tsx";
import { serverText } from "../../../messages/server.ts";
import { type Addressee, employeeName } from "../../../orders/names.ts";

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.users") };
}

/** One user: the link to choose a password, and what this user may do. */
export default async function UserPage({ params }: Props) {
  if (!(await may("manage-users"))) return <NoRight right="manage-users" />;
  const reply = await get<User>(`/api/users/${encodeURIComponent((await params).id)}`);
  if (!reply.ok && (reply.status === 404 || reply.status === 400)) notFound();
  if (!reply.ok) return <Failure error={reply} isPage />;
  const { data: user, etag } = reply;
  const found = user.employee_id === null ? null : await get<Addressee>(`/api/employees/${user.employee_id}`);
  const employee = found?.ok === true ? { id: found.data.id, name: employeeName(found.data) } : null;
  return (
    <>
      <PageHeader title={user.name} about={user.email_address} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,42rem)_minmax(0,24rem)]">
        {/* Another version is another form. */}
        <UserForm key={etag} user={user} employee={employee} etag={etag} />
        <div className="flex min-w-0 flex-col gap-4">
          {!user.disabled && <Invitation userId={user.id} hasPassword={user.has_password} />}
          <UserAccess user={user} />
        </div>
      </div>
    </>
  );
}
