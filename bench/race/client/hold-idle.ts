// `hold-idle.ts PORT COUNT`: opens connections as browsers leave them, each after one answered request, and prints
// `held COUNT`. It keeps them open until its input ends, then prints how many the server has closed.
const [port = "", count = ""] = process.argv.slice(2);
const wanted = Number(count);
const atOnce = 200;
let answered = 0;
let closed = 0;

const request = "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

async function open(): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let isAnswered = false;
  const connected = Bun.connect({
    hostname: "127.0.0.1",
    port: Number(port),
    socket: {
      open: (socket) => void socket.write(request),
      data() {
        // Another chunk of the same answer is no second answer.
        if (!isAnswered) answered += 1;
        isAnswered = true;
        resolve();
      },
      close() {
        closed += 1;
        reject(new Error("closed"));
      },
      error: (_socket, error) => reject(error),
      connectError: (_socket, error) => reject(error),
    },
  });
  connected.catch(reject);
  await promise;
}

async function hold(): Promise<void> {
  let left = wanted;
  const lane = async () => {
    for (; left > 0; ) {
      left -= 1;
      await open();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  process.stdin.once("data", () => {
    console.log(`closed ${closed}`);
    process.exit(0);
  });
  console.log(`held ${answered - closed}`);
}

void hold();
