"use client";
import { useRouter } from "next/navigation";
import { roles } from "northwind-api/src/rights/rights.ts";
import { type SubmitEvent, useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { Button } from "../../components/button.tsx";
import { Combobox } from "../../components/form/combobox.tsx";
import { controlLook, Field } from "../../components/form/field.tsx";
import type { Choice } from "../../components/form/use-choices.ts";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import { searchEmployees } from "../../orders/searches.ts";
import { CheckList } from "../check-list.tsx";
import { Refusal } from "../sign-in/refusal.tsx";
import { typed } from "../sign-in/sign-in.ts";
import { useSending } from "../use-sending.ts";
import type { User } from "./user.ts";

interface Props {
  /** Null for a new one. */
  readonly user: User | null;
  readonly employee: Choice | null;
  readonly etag: string | null;
}

/** Who a user is, and what this user may do. */
export function UserForm({ user, employee: first, etag }: Props) {
  const { t } = useText();
  const router = useRouter();
  const toast = useToast();
  const { isBusy, issueAt, refusal, send } = useSending();
  const [employee, setEmployee] = useState<Choice | null>(first);
  const [given, setGiven] = useState<ReadonlySet<string>>(new Set(user?.roles ?? []));
  const [disabled, setDisabled] = useState<ReadonlySet<string>>(new Set(user?.disabled === true ? ["disabled"] : []));
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const body = {
      ...{ name: typed(form, "name"), email_address: typed(form, "email"), employee_id: employee?.id ?? null },
      roles: roles.filter((role) => given.has(role)),
      ...(user === null ? {} : { disabled: disabled.size > 0 }),
    };
    const target =
      user === null
        ? ({ method: "POST", path: "/api/users" } as const)
        : ({ method: "PUT", path: `/api/users/${user.id}`, etag } as const);
    send(
      () => write<User>({ ...target, body, key: newKey() }),
      ({ id, name }) => {
        toast.info(t("resource.saved", { name }));
        router.push(`/users/${id}`);
        router.refresh();
      },
    );
  };
  return (
    <form noValidate className="flex max-w-2xl flex-col gap-4" onSubmit={submit}>
      <Refusal words={refusal} />
      <Who {...{ user, employee, issueAt }} onEmployee={setEmployee} />
      <CheckList
        title={t("access.roles")}
        choices={roles.map((role) => ({ name: role, label: t(`role.${role}`), about: t(`roleAbout.${role}`) }))}
        chosen={given}
        onChange={setGiven}
        issue={issueAt("roles")}
      />
      {user !== null && (
        <CheckList
          title={t("access.state")}
          choices={[{ name: "disabled", label: t("access.disabled"), about: t("access.disabledAbout") }]}
          chosen={disabled}
          onChange={setDisabled}
          issue={issueAt("disabled")}
        />
      )}
      <div>
        <Button look="primary" type="submit" aria-disabled={isBusy}>
          {t("resource.save")}
        </Button>
      </div>
    </form>
  );
}

interface WhoProps {
  readonly user: User | null;
  readonly employee: Choice | null;
  readonly onEmployee: (employee: Choice | null) => void;
  readonly issueAt: (field: string) => string | undefined;
}

/** The name, the address and the employee. */
function Who({ user, employee, onEmployee, issueAt }: WhoProps) {
  const { t } = useText();
  const [unmatched, setUnmatched] = useState<string | null>(null);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field id="name" label={t("access.name")} issue={issueAt("name")} required>
        {(control) => (
          <input {...control} name="name" autoComplete="off" defaultValue={user?.name} className={controlLook} />
        )}
      </Field>
      <Field id="email" label={t("access.email")} issue={issueAt("email_address")} required>
        {(control) => (
          <input
            {...control}
            name="email"
            type="email"
            autoComplete="off"
            defaultValue={user?.email_address}
            className={controlLook}
          />
        )}
      </Field>
      <Field id="employee" label={t("access.employee")} hint={t("access.employeeHint")} issue={issueAt("employee_id")}>
        {(control) => (
          <Combobox
            control={control}
            value={employee}
            unmatched={unmatched ?? undefined}
            onUnmatched={setUnmatched}
            onChange={onEmployee}
            search={searchEmployees}
          />
        )}
      </Field>
    </div>
  );
}
