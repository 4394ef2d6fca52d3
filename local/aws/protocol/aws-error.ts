/**
 * An error of an AWS service, as its clients know it: they turn `type` into their own class of that name.
 * Anything else that a service throws is a fault of ours and becomes a 500.
 */
export class AwsError extends Error {
  /** The service's name of the error, e.g. `ResourceNotFoundException`. */
  readonly type: string;
  /** The HTTP status of the answer. */
  readonly status: number;

  constructor(type: string, message: string, status = 400, options?: ErrorOptions) {
    super(message, options);
    this.name = type;
    this.type = type;
    this.status = status;
  }
}
