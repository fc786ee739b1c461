/** The user's own account, as the API answers it. */
export interface Account {
  readonly id: number;
  readonly email_address: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly has_password: boolean;
  readonly has_totp: boolean;
  /** How many are left. */
  readonly recovery_codes: number;
  readonly passkeys: number;
}
