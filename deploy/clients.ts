import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';

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
  cloudFormation: new CloudFormationClient(),
  iam: new IAMClient(),
  kinesis: new KinesisClient(),
  lambda: new LambdaClient(),
  rekognition: new RekognitionClient(),
  s3: new S3Client(),
  secrets: new SecretsManagerClient(),
  ssm: new SSMClient(),
});
