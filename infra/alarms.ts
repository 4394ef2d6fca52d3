import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DeadLetters } from './dead-letters.ts';
import { metricsNamespace } from './functions/environment.ts';
import type { PartyFunction } from './functions/party-function.ts';
import { nameInStack } from './naming.ts';

/** A place where Lambda puts what it gave up on, for a function. */
interface GivenUp {
  readonly of: PartyFunction;
  readonly in: DeadLetters;
}

/** What is watched, and who is told. */
export interface AlarmsProps {
  readonly topic: ITopic;
  /** Whoever answers calls of its URL. */
  readonly answerer: PartyFunction;
  /** Whoever handles records in batches. */
  readonly matcher: PartyFunction;
  /** The others that are told of when they fail. */
  readonly functions: readonly PartyFunction[];
  readonly deadLetters: readonly GivenUp[];
  /** Whose records are not to grow old; absent while the house is asleep. */
  readonly reader?: PartyFunction | undefined;
  /** Who notices a stream processor that runs with no party, where there is one. */
  readonly watchman?: PartyFunction | undefined;
}

/** A metric that a Lambda writes itself (docs/metrics.md). */
type OwnMetric = 'BatchesFailed' | 'RecognitionWithoutParty';

const minute = Duration.minutes(1);
const second = 1000;

/**
 * What would otherwise go wrong silently. Ten at most, for ten alarms cost nothing; with video, which costs dollars by
 * the hour, there is one more for ten cents a month. Their descriptions are what people read in a mail; in the chat it
 * is told by what their names end with (bot/alarms.text.ts), also when it is over.
 */
export class Alarms extends Construct {
  readonly #topic: ITopic;

  constructor(
    scope: Construct,
    id: string,
    { topic, answerer, matcher, functions, deadLetters, reader, watchman }: AlarmsProps,
  ) {
    super(scope, id);
    this.#topic = topic;
    this.#badAnswers(answerer);
    this.#failedBatches(matcher);
    for (const failing of functions) this.#failures(failing);
    for (const givenUp of deadLetters) this.#deadLetters(givenUp);
    this.#throttles(answerer);
    if (reader) {
      this.#lateRecords(reader);
      this.#throttles(reader);
    }
    if (watchman) this.#recognitionWithoutParty(watchman);
  }

  /** An answer that says 500 is no error of a Lambda. A time-out and a crash are answered with 502. */
  #badAnswers({ name, function: answering }: PartyFunction): void {
    this.#when(`${capitalised(name)}Errors`, {
      metric: answering.metric('Url5xxCount', { period: minute, statistic: Stats.SUM }),
      above: 0,
      description: `The Lambda ${name} could not handle a call. Its log says why.`,
    });
  }

  /** Nor is an answer that names records which are to come again. What ends the Lambda ends among the dead letters. */
  #failedBatches({ name }: PartyFunction): void {
    this.#when(`${capitalised(name)}Errors`, {
      metric: this.#ownMetric('BatchesFailed', name),
      above: 0,
      description: `The Lambda ${name} could not handle records, which come again. Its log says why.`,
    });
  }

  #failures({ name, function: failing }: PartyFunction): void {
    this.#when(`${capitalised(name)}Errors`, {
      metric: failing.metricErrors({ period: minute, statistic: Stats.SUM }),
      above: 0,
      description: `The Lambda ${name} failed. Its log says why.`,
    });
  }

  /** Lambda refused to run it, for as much runs as may, in the account or of this function: somebody floods the URL. */
  #throttles({ name, function: throttled }: PartyFunction): void {
    this.#when(`${capitalised(name)}Throttles`, {
      metric: throttled.metricThrottles({ period: minute, statistic: Stats.SUM }),
      above: 0,
      description: `AWS did not run the Lambda ${name} each time it was wanted: as many run as may.`,
    });
  }

  #deadLetters({ of: { name }, in: queue }: GivenUp): void {
    this.#when(`${capitalised(name)}DeadLetters`, {
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: minute, statistic: Stats.MAXIMUM }),
      above: 0,
      description: `The Lambda ${name} failed each time it was tried, and its work was set aside.`,
    });
  }

  /** A record of a guest at the door means something for seconds. */
  #lateRecords({ name, function: reader }: PartyFunction): void {
    this.#when('IteratorAge', {
      metric: reader.metric('IteratorAge', { period: minute, statistic: Stats.MAXIMUM }),
      above: 30 * second,
      description: `The Lambda ${name} lags more than 30 seconds behind the camera.`,
    });
  }

  /** It costs 12 cents a minute. The tick counts it and stops it; this tells of it. */
  #recognitionWithoutParty({ name }: PartyFunction): void {
    this.#when('RecognitionWithoutParty', {
      metric: this.#ownMetric('RecognitionWithoutParty', name),
      above: 0,
      description: 'The stream processor ran though there is no party, and costs money.',
    });
  }

  #ownMetric(metricName: OwnMetric, service: string): Metric {
    return new Metric({
      namespace: metricsNamespace(this),
      metricName,
      dimensionsMap: { service },
      period: minute,
      statistic: Stats.SUM,
    });
  }

  #when(name: string, it: { metric: IMetric; above: number; description: string }): void {
    const alarm = new Alarm(this, name, {
      alarmName: nameInStack(this, name),
      metric: it.metric,
      threshold: it.above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      alarmDescription: it.description,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const tell = new SnsAction(this.#topic);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
  }
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
