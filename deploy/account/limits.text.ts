export const limitText = {
  concurrency: (unreserved: number, needed: number): string =>
    `Lambda may run only ${unreserved} invocations at once here, and a party needs ${needed}. Ask for more in the AWS ` +
    'console: Service Quotas, AWS Lambda, Concurrent executions.',
  shards: (shards: number): string =>
    `All ${shards} Kinesis shards that this account may have in this Region are in use, and the house needs one. ` +
    'Delete a stream that nobody needs, or ask for more: Service Quotas, Amazon Kinesis, Shards per Region.',
} as const;
