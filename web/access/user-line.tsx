import { currentSession } from "../api/session/current.ts";
import { serverText } from "../messages/server.ts";
import { shellAction } from "../shell/data-attributes.ts";
import { NavLink } from "../shell/nav-link.tsx";

/** Who is signed in, with the way to the account and out. */
export async function UserLine() {
  const { user, state } = await currentSession();
  const { t } = await serverText();
  if (state === "anonymous")
    return (
      <div className="w-full">
        <NavLink href="/sign-in">{t("access.signIn")}</NavLink>
      </div>
    );
  if (user === null) return null;
  return (
    <div className="flex w-full items-center gap-1">
      <div className="min-w-0 flex-1 [&_span]:truncate">
        <NavLink href="/account">
          <span>{user.name}</span>
        </NavLink>
      </div>
      <button
        type="button"
        {...shellAction("sign-out")}
        className="h-8 whitespace-nowrap rounded-md px-2.5 text-muted text-sm hover:bg-accent-soft hover:text-ink"
      >
        {t("access.signOut")}
      </button>
    </div>
  );
}
