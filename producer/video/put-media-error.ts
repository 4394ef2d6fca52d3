/** The service did not take an upload, or broke it off. Its shape is that of the SDK's errors. */
export class PutMediaError extends Error {
  override readonly name: string;
  /** HTTP's; absent when nobody answered. */
  readonly $metadata: { readonly httpStatusCode?: number };

  /** @param name the service's own, such as `ResourceNotFoundException` */
  constructor(name: string, message: string, status?: number, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
    this.$metadata = status === undefined ? {} : { httpStatusCode: status };
  }
}
