/**
 * Stands in a bundle for `@aws-sdk/endpoint-cache`. DynamoDB's client makes such a cache and never asks it: endpoint
 * discovery is a middleware that none of the client's commands has.
 */
export class EndpointCache {}
