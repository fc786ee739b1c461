import type { ReactNode } from "react";
import { get } from "../../api/server.ts";
import { may } from "../../api/session/current.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { controlLook } from "../../components/form/field.tsx";
import { serverText } from "../../messages/server.ts";
import type { User } from "../users/user.ts";
import { resources } from "./entry.ts";

interface Props {
  readonly asked: URLSearchParams;
}

/** A plain form: it works without JavaScript, and its address can be sent to somebody. */
export async function AuditFilter({ asked }: Props) {
  const { t } = await serverText();
  const resourceId = asked.get("resource_id");
  return (
    <form className="mb-4 flex flex-wrap items-end gap-3" key={asked.toString()}>
      <Labelled name="who" label={t("audit.principal")}>
        <Person asked={asked} />
      </Labelled>
      <Labelled name="resource" label={t("audit.resource")}>
        <select id="audit-resource" name="resource" defaultValue={asked.get("resource") ?? ""} className={controlLook}>
          <option value="">{t("audit.any")}</option>
          {Object.entries(resources).map(([name, { label }]) => (
            <option key={name} value={name}>
              {t(label)}
            </option>
          ))}
        </select>
      </Labelled>
      {resourceId !== null && (
        <Labelled name="resource_id" label={t("audit.number")}>
          <input
            id="audit-resource_id"
            name="resource_id"
            inputMode="numeric"
            defaultValue={resourceId}
            className={controlLook}
          />
        </Labelled>
      )}
      <Labelled name="from" label={t("audit.from")}>
        <input id="audit-from" name="from" type="date" defaultValue={asked.get("from") ?? ""} className={controlLook} />
      </Labelled>
      <Labelled name="to" label={t("audit.to")}>
        <input id="audit-to" name="to" type="date" defaultValue={asked.get("to") ?? ""} className={controlLook} />
      </Labelled>
      <span className="flex gap-2">
        <Button type="submit">{t("audit.filter")}</Button>
        {asked.size > 0 && (
          <ButtonLink look="quiet" href="/audit">
            {t("orders.clearFilters")}
          </ButtonLink>
        )}
      </span>
    </form>
  );
}

interface LabelledProps {
  readonly name: string;
  readonly label: string;
  readonly children: ReactNode;
}

function Labelled({ name, label, children }: LabelledProps) {
  return (
    <div className="flex flex-col gap-1 max-sm:w-[calc(50%-0.375rem)]">
      <label htmlFor={`audit-${name}`} className="font-medium text-muted text-xs">
        {label}
      </label>
      {children}
    </div>
  );
}

/** By name, where the user may see who there is; otherwise by what the log itself calls them. */
async function Person({ asked }: Props) {
  const { t } = await serverText();
  const reply = (await may("manage-users")) ? await get<readonly User[]>("/api/users?limit=200&sort=name") : null;
  const wanted = asked.get("user_id") ?? "";
  if (reply?.ok !== true) {
    const name = wanted === "" ? "principal" : "user_id";
    return <input id="audit-who" name={name} defaultValue={asked.get(name) ?? ""} className={controlLook} />;
  }
  return (
    <select id="audit-who" name="user_id" defaultValue={wanted} className={controlLook}>
      <option value="">{t("orders.anybody")}</option>
      {reply.data.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
