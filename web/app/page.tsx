import { serverText } from "../messages/server.ts";

export default async function HomePage() {
  const { t } = await serverText();
  return <h1 className="font-semibold text-2xl tracking-tight">{t("nav.home")}</h1>;
}
