// The Debian package on a booted Debian without a network: installed, used, killed, upgraded, removed and purged.
import { basename } from "node:path";
import { Machine, until } from "./machine.ts";
import { ask, journal, Steps } from "./steps.ts";

const exposureLimit = 2;

/** Throws at the first step that does not hold. `packages` are two revisions of the same version. */
export async function tryPackage(packages: readonly [first: string, second: string]): Promise<void> {
  const steps = new Steps();
  const machine = await Machine.boot("northwind-try-package");
  try {
    for (const file of packages) machine.copyIn(file, `/root/${basename(file)}`);
    installed(machine, steps, packages[0]);
    await survived(machine, steps);
    upgraded(machine, steps, packages[1]);
    await backedUp(machine, steps);
    removed(machine, steps, packages[1]);
  } finally {
    machine.remove();
  }
}

function installed(machine: Machine, steps: Steps, file: string): void {
  const install = machine.run(`dpkg --install /root/${basename(file)}`);
  steps.check("it is installed without a network", install, ["Setting up northwind"]);
  steps.check(
    "the service is started when it is ready",
    machine.run("northwind ready && systemctl is-active northwind"),
    [/^active/],
  );
  const settings = machine.run("stat --format '%a %U:%G' /etc/northwind/northwind.conf");
  steps.check("only root and the service read the settings", settings, ["640 root:northwind"]);
  const asOther = machine.run("setpriv --reuid 65534 --regid 65534 --clear-groups cat /etc/northwind/northwind.conf");
  steps.check("others do not", asOther, ["Permission denied"], 1);
  const processes = machine.run("ps -o user:20=,args= -C northwind");
  steps.check("the pages run from the package, where the service cannot write", processes, [
    /^northwind +\/usr\/lib\/northwind\/northwind --no-install \/usr\/lib\/northwind\/pages-/m,
  ]);
  const exposure = machine.run("systemd-analyze security --no-pager northwind.service | tail -1");
  const level = Number(/level for northwind.service: ([\d.]+)/.exec(exposure.output)?.[1] ?? Number.NaN);
  if (!(level <= exposureLimit)) throw new Error(`The exposure is ${level}:\n${exposure.output}`);
  steps.check(`systemd calls its exposure ${level}`, exposure, ["northwind.service"]);
  steps.check("it answers an order", machine.run(ask("/api/orders", { ship_name: "Before" })), [/ 201$/]);
  steps.check("the pages answer", machine.run("curl --silent --fail http://127.0.0.1:3000/orders"), ["<html"]);
  const user = machine.run(
    "cd /; . /etc/northwind/northwind.conf; export DATABASE_URL; setpriv --reuid northwind --regid northwind --clear-groups northwind user list",
  );
  steps.check("its commands run as its user", user, ["There is no user"]);
}

async function survived(machine: Machine, steps: Steps): Promise<void> {
  machine.run("kill -KILL $(systemctl show --property MainPID --value northwind)");
  await until("systemd starts it again", () =>
    machine.run("systemctl is-active northwind").output.startsWith("active"),
  );
  const restarts = machine.run("systemctl show --property NRestarts northwind");
  steps.check("killed, it is started again", restarts, ["NRestarts=1"]);
  const stopped = machine.run(
    "systemctl stop northwind; systemctl show --property Result --property ExecMainStatus northwind",
  );
  steps.check("stopped, it has finished its requests", stopped, ["Result=success", "ExecMainStatus=0"]);
  steps.check("and says so", { code: 0, output: journal(machine) }, ["all requests are finished"]);
  machine.run("echo PORT=nonsense >> /etc/northwind/northwind.conf");
  const failed = machine.run("timeout 60 systemctl start northwind");
  steps.check("wrong settings fail the start", failed, ["failed"], 1);
  steps.check("and the journal says which", { code: 0, output: journal(machine) }, ['PORT: "nonsense" is not a port']);
  machine.run("sed -i s/PORT=nonsense// /etc/northwind/northwind.conf; systemctl reset-failed northwind");
  steps.check("corrected, it starts", machine.run("systemctl start northwind"), []);
}

function upgraded(machine: Machine, steps: Steps, file: string): void {
  machine.run("echo LOG_LEVEL=warn >> /etc/northwind/northwind.conf");
  machine.run("sed -i s/^#BACKUP_/BACKUP_/ /etc/northwind/northwind.conf");
  const before = machine.run("systemctl show --property MainPID northwind").output;
  const upgrade = machine.run(`dpkg --install /root/${basename(file)} < /dev/null`);
  steps.check("it is upgraded, and asks nothing", upgrade, ["Unpacking northwind", "Setting up northwind"]);
  const after = machine.run("systemctl show --property MainPID northwind");
  if (after.output === before) throw new Error("The upgrade has not restarted the service.");
  const settings = machine.run("cat /etc/northwind/northwind.conf && stat --format %a /etc/northwind/northwind.conf");
  steps.check("own settings stay", settings, ["LOG_LEVEL=warn", /^640$/m]);
  steps.check("the data stay", machine.run(ask("/api/orders?limit=1")), ['"Before"', / 200$/]);
}

async function backedUp(machine: Machine, steps: Steps): Promise<void> {
  const files = () => machine.run("ls /var/backups/northwind");
  await until("a backup is taken", () => /northwind/.test(files().output));
  const verified = machine.run("northwind verify --backup /var/backups/northwind");
  steps.check("it takes backups, which can be restored", verified, []);
}

function removed(machine: Machine, steps: Steps, file: string): void {
  steps.check("it is removed", machine.run("dpkg --remove northwind"), ["Removing northwind"]);
  const left = machine.run(
    "ls /var/lib/northwind /etc/northwind; pgrep --list-name northwind; systemctl is-active northwind",
  );
  steps.check(
    "data and settings stay, no process does",
    left,
    ["northwind.db", "northwind.conf", /inactive/],
    left.code,
  );
  if (/^\d+ northwind/m.test(left.output)) throw new Error(`It still runs:\n${left.output}`);
  const purged = machine.run("dpkg --purge northwind; ls /etc/northwind 2>&1; ls /var/lib/northwind");
  steps.check("purged, its settings are gone, and it says that the data stay", purged, [
    "The data stay in /var/lib/northwind and the backups in /var/backups/northwind",
    /cannot access '\/etc\/northwind'/,
    "northwind.db",
  ]);
  machine.run(`dpkg --install /root/${basename(file)}`);
  steps.check("installed again, it has the data", machine.run(ask("/api/orders?limit=1")), ['"Before"', / 200$/]);
}
