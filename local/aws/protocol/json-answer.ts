import type { LocalResponse } from '../service.ts';
import type { AwsError } from './aws-error.ts';

/** The content type of AWS JSON 1.1; REST-JSON services answer plain `application/json`. */
export const awsJson = 'application/x-amz-json-1.1';

/** An AwsError as JSON services word it. Clients read the type from the header, older ones from `__type`. */
export function jsonError(error: AwsError, contentType = awsJson): LocalResponse {
  return {
    status: error.status,
    headers: { 'content-type': contentType, 'x-amzn-errortype': error.type },
    body: JSON.stringify({ __type: error.type, message: error.message, Message: error.message }),
  };
}
