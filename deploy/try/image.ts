// The image, built from its Containerfile on a Debian of one's own and run as an operator would: read-only, without any
// capability, with one volume.
import { join } from "node:path";
import { root } from "../layout.ts";
import { debianImage, limits, podman, podmanOutput, until } from "./machine.ts";
import { Steps } from "./steps.ts";

const name = "northwind-try-image";

/** Throws at the first step that does not hold. */
export async function tryImage(): Promise<void> {
  const steps = new Steps();
  const base = `BASE=${debianImage("debian-small", ["ca-certificates"])}`;
  const file = join(root, "deploy", "container", "Containerfile");
  // The network of this machine, because an engine may have no other here; nothing is loaded.
  const build = ["build", "--network", "host", "--isolation", "chroot", "--format", "docker", "--build-arg", base];
  steps.check("the image is built", podman(...build, "--file", file, "--tag", "localhost/northwind", root), []);
  remove();
  try {
    await used(steps);
  } finally {
    remove();
  }
}

async function used(steps: Steps): Promise<void> {
  const bounds = ["--read-only", "--read-only-tmpfs=false", "--cap-drop", "all", "--security-opt", "no-new-privileges"];
  const first = ["--env", "OPEN_TO_EVERYONE=yes", "--env", "HOST=127.0.0.1", "--volume", `${name}:/data`];
  podmanOutput(
    "run",
    "--detach",
    "--name",
    name,
    "--network",
    "none",
    ...bounds,
    ...first,
    ...limits(),
    "localhost/northwind",
  );
  const exec = (line: string) => podman("exec", name, "sh", "-c", line);
  await until("the health check passes", () => podman("healthcheck", "run", name).code === 0);
  steps.check("read-only, with one volume, its health check passes", podman("healthcheck", "run", name), []);
  steps.check("it runs as nobody special", exec("id; grep CapEff /proc/1/status"), ["uid=10001", "0000000000000000"]);
  steps.check("nothing but the volume can be written", exec("touch /usr/lib/x /tmp/x; touch /data/x && echo written"), [
    "Read-only file system",
    "written",
  ]);
  steps.check("it answers an order", exec(order), [/^201$/m]);
  steps.check("the pages answer", exec(get("http://127.0.0.1:3000/orders")), ["<html"]);
  steps.check("it has its bill of materials", exec("cat /usr/lib/northwind-*/sbom.cdx.json"), ["CycloneDX", '"bun"']);
  const stopped = podman("stop", "--time", "30", name);
  steps.check("it is stopped", stopped, []);
  steps.check("and has finished its requests", podman("inspect", "--format", "{{.State.ExitCode}}", name), [/^0$/m]);
  steps.check("started again,", podman("start", name), []);
  await until("the health check passes", () => podman("healthcheck", "run", name).code === 0);
  steps.check("it has the data", exec(get("http://127.0.0.1:8000/api/orders?limit=1")), ['"Before"']);
  podman("kill", "--signal", "KILL", name);
}

/** The image has no curl, but Bun. */
function script(text: string): string {
  return `BUN_BE_BUN=1 northwind --eval '${text}'`;
}

function get(url: string): string {
  return script(`console.log(await (await fetch("${url}")).text())`);
}

const order = script(
  'const { status } = await fetch("http://127.0.0.1:8000/api/orders", { method: "POST", ' +
    'headers: { "content-type": "application/json" }, body: `{"ship_name":"Before"}` }); console.log(status)',
);

function remove(): void {
  podman("rm", "--force", "--time", "0", name);
  podman("volume", "rm", "--force", name);
}
