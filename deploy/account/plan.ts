import { createHash, createHmac } from 'node:crypto';
import { STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod';

/** How an account is paid for, of AWS's two plans. */
export interface AccountPlan {
  readonly type: 'FREE' | 'PAID';
  /** When a free plan ends at the latest, and AWS closes the account; ISO 8601. */
  readonly ends?: string | undefined;
  /** What is left of the credits that a free plan lives on, in US dollars. */
  readonly creditsLeft?: number | undefined;
}

/** GetAccountPlanState (AWS Billing and Cost Management API, "Free Tier"), as far as it is read. */
const planState = z.object({
  accountPlanType: z.enum(['FREE', 'PAID']),
  accountPlanExpirationDate: z.union([z.string(), z.number()]).optional(),
  accountPlanRemainingCredits: z.object({ amount: z.number() }).optional(),
});

/** It is in this Region for all. */
const region = 'us-east-1';
const patience = 5000;

/**
 * The account's plan. Asked by hand: the SDK's client for this one operation is a package of its own.
 *
 * @returns undefined where it is not known: in an account from before the plans, or for somebody who may not ask
 */
export async function readPlan(): Promise<AccountPlan | undefined> {
  try {
    const read = planState.safeParse(await (await ask()).json());
    if (!read.success) return undefined;
    const { accountPlanType, accountPlanExpirationDate, accountPlanRemainingCredits } = read.data;
    return {
      type: accountPlanType,
      ends: dateOf(accountPlanExpirationDate),
      creditsLeft: accountPlanRemainingCredits?.amount,
    };
  } catch {
    return undefined;
  }
}

async function ask(): Promise<Response> {
  const { AWS_ENDPOINT_URL_FREETIER: own, AWS_ENDPOINT_URL: all } = process.env;
  const url = new URL(own || all || `https://freetier.${region}.api.aws`);
  const signer = new SignatureV4({
    service: 'freetier',
    region,
    credentials: new STSClient().config.credentials,
    sha256: Sha256,
  });
  const body = '{}';
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    headers: {
      host: url.host,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AWSFreeTierService.GetAccountPlanState',
    },
    body,
  });
  const { host: _, ...sent } = headers;
  return fetch(url, { method: 'POST', headers: sent, body, signal: AbortSignal.timeout(patience) });
}

/** JSON of AWS's has times as seconds, or as texts. */
const dateOf = (time: string | number | undefined): string | undefined => {
  const date = typeof time === 'number' ? new Date(time * 1000) : new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10);
};

/** SHA-256, and with a key its HMAC, as the signer wants it. */
class Sha256 {
  readonly #hash: { update(data: string | Uint8Array): unknown; digest(): Buffer };

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string);
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(data as string);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}
