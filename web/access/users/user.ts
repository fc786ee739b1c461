import type { Role } from "../../api/session/session.ts";

/** A user as the API answers it. */
export interface User {
  readonly id: number;
  readonly email_address: string;
  readonly name: string;
  readonly employee_id: number | null;
  readonly roles: readonly Role[];
  readonly disabled: boolean;
  readonly has_password: boolean;
  /** An authenticator app or a passkey. */
  readonly has_second_factor: boolean;
}
