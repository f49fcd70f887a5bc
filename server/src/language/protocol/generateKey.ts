/** Request, client to server: {@link GenerateKeyParams} in, {@link GenerateKeyResult} out. */
export const generateKeyMethod = 'kubeharden/generateKey';

export interface GenerateKeyParams {
  /** How many random bytes, 1 to 1024; default 32. */
  readonly bytes?: number;
}

export interface GenerateKeyResult {
  /** The bytes in standard base64. */
  readonly key: string;
}
