/** One Ctrl-C in a terminal may arrive three times: directly, through `npm` and through `start.mjs`. */
const signalEchoMs = 1000;

interface Stopping {
  readonly server: { stop(noticeMs: number, endClients: () => Promise<void>): Promise<void> };
  /** How long requests are served after SIGTERM. */
  readonly noticeMs: number;
  readonly pages: Promise<{ drain(): void; stop(): Promise<void> }> | null;
  /** What SIGHUP does instead of stopping the program; null if it stops it. */
  readonly onHangUp: (() => unknown) | null;
  /** Closes what the server has used. */
  readonly close: () => Promise<void>;
  readonly say: (topic: string, text: string) => void;
}

/** Stops the program in good order on the first signal, and at once on the second. */
export function stopOnSignal({ server, noticeMs, pages, onHangUp, close, say }: Stopping): void {
  let firstAt: number | null = null;
  const onSignal = async (signal: NodeJS.Signals) => {
    if (firstAt !== null) {
      if (performance.now() - firstAt < signalEchoMs) return;
      say("Stopped", "at once; requests in flight were cut");
      process.exit(1);
    }
    firstAt = performance.now();
    // After SIGTERM from a service manager, a load balancer may still send requests. Ctrl-C stops without delay.
    const notice = signal === "SIGTERM" ? noticeMs : 0;
    say(
      "Stopping",
      notice > 0 ? `no longer ready, but serving requests for ${notice} ms` : "finishing the requests in flight",
    );
    pages?.then((running) => running.drain()).catch(() => undefined);
    // The API outlives the pages, which get its answers until the last one is made.
    await server.stop(notice, async () => (await pages)?.stop());
    await close();
    say("Stopped", "all requests are finished");
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, (name) => void onSignal(name));
  process.on("SIGHUP", (name) => void (onHangUp === null ? onSignal(name) : onHangUp()));
  whenParentEnds(() => void onSignal("SIGHUP"));
}

/**
 * A program that starts this one with a pipe as its input, and says so, has ended when the pipe does, even if it was
 * killed. Without the word the input means nothing: under a service manager it is empty from the start.
 */
function whenParentEnds(stop: () => void): void {
  if (process.env.END_WITH_INPUT !== "1") return;
  process.stdin.once("end", stop);
  process.stdin.resume();
}
