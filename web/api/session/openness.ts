/** Whether nobody has to sign in, as the pages know it: the same for whoever asks. */
export interface Openness {
  isOpen: boolean;
  /** By `performance.now()`. */
  readAt: number;
  reading: boolean;
}

/** The front and the pages behind it are separate programs in one process, and share nothing but this. */
const shared: typeof globalThis & { northwindOpenness?: Openness } = globalThis;

export function openness(): Openness {
  shared.northwindOpenness ??= { isOpen: false, readAt: Number.NEGATIVE_INFINITY, reading: false };
  return shared.northwindOpenness;
}
