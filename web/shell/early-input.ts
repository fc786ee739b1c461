/*
 * What was done on a page before the interactive shell was loaded: the shell replays it and then listens itself, so
 * that no key and no click is lost while the code is loading.
 */
export interface EarlyInput {
  readonly keys: KeyboardEvent[];
  /** The shell's controls that were used. */
  readonly controls: HTMLElement[];
  /** Runs a control of the shell; null until the interactive shell is loaded. */
  use: ((control: HTMLElement) => void) | null;
  /** The page that was in front. */
  readonly path: string;
  /** What was typed for the palette before there was a field to type into. */
  text: string;
  /** All keys have been replayed. */
  isReplayed: boolean;
}
