// A private MariaDB ends with the process that started it, however that ends, and its folder is removed.
import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const program = `
  import { startPrivateMariadb } from ${JSON.stringify(join(import.meta.dir, "../src/test-server/private-mariadb.ts"))};
  const { socketPath } = await startPrivateMariadb();
  console.log(socketPath);
  setInterval(() => {}, 60_000);
`;

/** The processes whose command line names this folder. */
function usersOf(folder: string): readonly string[] {
  const listed = Bun.spawnSync(["pgrep", "-f", "--", `--datadir=${folder}`]);
  return listed.stdout.toString().split("\n").filter(Boolean);
}

test.each(["SIGKILL", "SIGTERM"] as const)(
  "after %s of its parent there is no server and no folder",
  async (signal) => {
    const parent = Bun.spawn([process.execPath, "-e", program], { stdin: "ignore", stdout: "pipe", stderr: "inherit" });
    try {
      const { value } = await parent.stdout.getReader().read();
      const folder = dirname(new TextDecoder().decode(value).trim());
      expect(readFileSync(join(folder, "data", "ibdata1")).length).toBeGreaterThan(0);
      expect(usersOf(folder)).toHaveLength(1);
      parent.kill(signal);
      await parent.exited;
      for (let waits = 0; waits < 200 && (usersOf(folder).length > 0 || existsSync(folder)); waits += 1)
        await Bun.sleep(50);
      expect([usersOf(folder), existsSync(folder)]).toEqual([[], false]);
    } finally {
      parent.kill("SIGKILL");
    }
  },
);
