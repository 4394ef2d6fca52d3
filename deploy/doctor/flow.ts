import { type CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { GetEventSourceMappingCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { doctorText, span } from './doctor.text.ts';
import { type Check, well, wrong } from './finding.ts';

const { parts } = doctorText;

/** How far back the age of records is looked at, and what is too old, in milliseconds. */
const watched = 15 * 60_000;
const late = 10_000;

/** What hands the stream's records to the match. */
export function checkMapping(client: LambdaClient, UUID: string): Check {
  const { mapping: text } = doctorText;
  return {
    part: parts.mapping,
    async look() {
      const { State = 'unknown', LastProcessingResult = '' } = await client.send(
        new GetEventSourceMappingCommand({ UUID }),
      );
      if (State !== 'Enabled') return wrong(text.state(State), text.enable);
      // `OK`, `No records processed`, or `PROBLEM: …` (Lambda API reference, EventSourceMappingConfiguration).
      if (LastProcessingResult.startsWith('PROBLEM'))
        return wrong(text.problem(LastProcessingResult), text.logs);
      return well(text.well);
    },
  };
}

/** How old records were when the match read them. */
export function checkAge(client: CloudWatchClient, functionName: string, now = Date.now): Check {
  const { age: text } = doctorText;
  return {
    part: parts.age,
    async look() {
      const { Datapoints = [] } = await client.send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/Lambda',
          MetricName: 'IteratorAge',
          Dimensions: [{ Name: 'FunctionName', Value: functionName }],
          StartTime: new Date(now() - watched),
          EndTime: new Date(now()),
          Period: 60,
          Statistics: ['Maximum'],
        }),
      );
      if (Datapoints.length === 0) return well(text.quiet);
      const oldest = Math.max(...Datapoints.map(({ Maximum = 0 }) => Maximum));
      return oldest > late ? wrong(text.wrong(span(oldest)), text.logs) : well(text.well(span(oldest)));
    },
  };
}

/** What Lambda gave up on. @param part whose */
export function checkDeadLetters(client: SQSClient, QueueUrl: string, part: string): Check {
  const { letters: text } = doctorText;
  return {
    part,
    async look() {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
      );
      const count = Number(Attributes?.ApproximateNumberOfMessages ?? 0);
      return count === 0 ? well(text.none) : wrong(text.some(count), text.look);
    },
  };
}
