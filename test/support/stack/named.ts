import { arn, localAccount, localRegion } from '../../../local/aws/arn.ts';
import type { Made, Resource, Template } from './template.ts';

/** CloudFormation's pseudo parameters, by name. */
export const pseudoParameters = (stackName: string): Map<string, Made> =>
  new Map(
    Object.entries({
      'AWS::Partition': 'aws',
      'AWS::Region': localRegion,
      'AWS::AccountId': localAccount,
      'AWS::StackName': stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    }).map(([id, ref]): [string, Made] => [id, { ref, attributes: {} }]),
  );

/** What `Ref` and `Fn::GetAtt` would give of a template's resources, by logical id; nothing is made. */
export function namedOnly({ Resources }: Template, stackName: string): Map<string, Made> {
  const made = pseudoParameters(stackName);
  for (const [id, resource] of Object.entries(Resources)) made.set(id, named(resource, `${stackName}-${id}`));
  return made;
}

/** What a resource is called. @param name its name, unless it has one among its properties */
export function named({ Type, Properties = {} }: Resource, name: string): Made {
  switch (Type) {
    case 'AWS::DynamoDB::Table':
      return of(name, arn('dynamodb', `table/${name}`));
    case 'AWS::S3::Bucket': {
      const bucket = name.toLowerCase();
      return of(bucket, `arn:aws:s3:::${bucket}`);
    }
    case 'AWS::Kinesis::Stream': {
      const { Name = name } = Properties;
      return of(Name, arn('kinesis', `stream/${Name}`));
    }
    case 'AWS::KinesisVideo::Stream':
      return of(Properties.Name, arn('kinesisvideo', `stream/${Properties.Name}/1`));
    case 'AWS::Rekognition::Collection':
      return of(Properties.CollectionId, arn('rekognition', `collection/${Properties.CollectionId}`));
    case 'AWS::SNS::Topic':
      return of(arn('sns', name), arn('sns', name));
    case 'AWS::SQS::Queue':
      return { ref: `https://sqs/${name}`, attributes: { Arn: arn('sqs', name), QueueName: name } };
    case 'AWS::Logs::LogGroup':
      return of(Properties.LogGroupName, arn('logs', `log-group:${Properties.LogGroupName}:*`));
    case 'AWS::Lambda::Function':
      return of(Properties.FunctionName, arn('lambda', `function:${Properties.FunctionName}`));
    case 'AWS::IAM::Role':
      return of(name, `arn:aws:iam::${localAccount}:role/${name}`);
    case 'AWS::IAM::User':
      return of(name, `arn:aws:iam::${localAccount}:user/${name}`);
    case 'AWS::CloudWatch::Alarm':
      return of(Properties.AlarmName, arn('cloudwatch', `alarm:${Properties.AlarmName}`));
    case 'AWS::Events::Rule':
      return of(name, arn('events', `rule/${name}`));
    default:
      return of(name, name);
  }
}

const of = (ref: string, Arn: string): Made => ({ ref, attributes: { Arn } });
