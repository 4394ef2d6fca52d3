import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { callOptions } from './call-options.ts';

/** The services that the commands speak with. */
export interface Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly iam: IAMClient;
  readonly kinesis: KinesisClient;
  readonly lambda: LambdaClient;
  readonly rekognition: RekognitionClient;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  readonly ssm: SSMClient;
}

/** They find Region, credentials and endpoint themselves; so make them after `identify` has settled the Region. */
export const createClients = (): Clients => ({
  cloudFormation: new CloudFormationClient(callOptions()),
  iam: new IAMClient(callOptions()),
  kinesis: new KinesisClient(callOptions()),
  lambda: new LambdaClient(callOptions()),
  rekognition: new RekognitionClient(callOptions()),
  s3: new S3Client(callOptions()),
  secrets: new SecretsManagerClient(callOptions()),
  ssm: new SSMClient(callOptions()),
});
