import "react";

declare module "react" {
  /** Variables of CSS are set like any property. */
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}
