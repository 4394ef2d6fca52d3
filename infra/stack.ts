import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { botSecretName } from './bot-secret.ts';
import { PartyBucket } from './bucket.ts';
import { Budget } from './budget.ts';
import { FaceCollection } from './collection.ts';
import { DataStream } from './data-stream.ts';
import { DeadLetters } from './dead-letters.ts';
import { DoorFunction } from './functions/door.ts';
import { partyEnvironment } from './functions/environment.ts';
import { MatchFunction } from './functions/match.ts';
import { PicturesFunction } from './functions/pictures.ts';
import { SetupFunction } from './functions/setup.ts';
import { TickFunction } from './functions/tick.ts';
import { WebhookFunction } from './functions/webhook.ts';
import type { House } from './house.ts';
import { tell } from './outputs.ts';
import { ProducerUser } from './producer-user.ts';
import { SetupResource } from './setup-resource.ts';
import type { MusicalJoyStackProps } from './stack-props.ts';
import { PartyTable } from './table.ts';
import { AlarmsTopic, ArrivalsTopic } from './topics.ts';
import { VideoRecognition } from './video-recognition.ts';

/** A house on AWS. */
export class MusicalJoyStack extends Stack {
  constructor(scope: Construct, id: string, props: MusicalJoyStackProps) {
    const {
      recognition,
      asleep = false,
      timeZone,
      botSecretVersion,
      reserveConcurrency = false,
      postsArrivals = false,
      budget,
      deletePicturesOnDestroy = true,
      ...stackProps
    } = props;
    super(scope, id, {
      description: 'Musical Joy: whoever comes to the party is played a song.',
      ...stackProps,
    });

    const bucket = new PartyBucket(this, 'Bucket', { deletedWithStack: deletePicturesOnDestroy });
    const dataStream = asleep ? undefined : new DataStream(this, 'DataStream');
    const video =
      dataStream && recognition === 'video' ? new VideoRecognition(this, 'Video', { dataStream }) : undefined;
    const house: House = {
      table: new PartyTable(this, 'Table'),
      bucket,
      collection: new FaceCollection(this, 'Collection'),
      arrivals: new ArrivalsTopic(this, 'Arrivals'),
      postsArrivals,
      ...(dataStream && { dataStream }),
      ...(video && { video }),
    };
    const alarmsTopic = new AlarmsTopic(this, 'AlarmsTopic');

    const environment = partyEnvironment(this, house, { timeZone, botSecretVersion });
    const picturesDeadLetters = new DeadLetters(this, 'PicturesDeadLetters');
    const matchDeadLetters = new DeadLetters(this, 'MatchDeadLetters');
    const pictures = new PicturesFunction(this, 'Pictures', {
      house,
      environment,
      deadLetters: picturesDeadLetters,
    });
    const match = new MatchFunction(this, 'Match', {
      house,
      environment,
      pictures,
      reserveConcurrency,
      deadLetters: matchDeadLetters,
    });
    const tick = new TickFunction(this, 'Tick', { house, environment, pictures, alarms: alarmsTopic });
    const door = new DoorFunction(this, 'Door', { house, environment, reserveConcurrency });
    const webhook = new WebhookFunction(this, 'Webhook', {
      house,
      environment,
      pictures,
      reserveConcurrency,
      doorUrl: door.url,
    });
    const producer = new ProducerUser(this, 'Producer', { house });
    const setup = new SetupFunction(this, 'Setup', { house, environment, producer });
    new Alarms(this, 'Alarms', {
      topic: alarmsTopic,
      answerer: webhook,
      matcher: match,
      functions: [tick, pictures, door],
      deadLetters: [
        { of: match, in: matchDeadLetters },
        { of: pictures, in: picturesDeadLetters },
      ],
      reader: match.source && match,
      watchman: video && tick,
    });
    if (budget) new Budget(this, 'Budget', budget);

    const everything = [...this.node.children];
    new SetupResource(this, 'SetupResource', {
      setup,
      house,
      producer,
      webhookUrl: webhook.url,
      botSecretVersion,
      emptyBucket: deletePicturesOnDestroy,
      after: everything,
    });

    tell(this, {
      WebhookUrl: webhook.url,
      DoorUrl: door.url,
      TableName: house.table.tableName,
      BucketName: bucket.bucketName,
      CollectionId: house.collection.collectionId,
      DataStreamName: dataStream?.streamName,
      VideoStreamName: video?.streamName,
      BotSecretName: botSecretName(this),
      BotSecretVersion: botSecretVersion,
      ArrivalsTopicArn: house.arrivals.topicArn,
      AlarmsTopicArn: alarmsTopic.topicArn,
      ProducerUserName: producer.userName,
      MatchEventSourceMappingId: match.source?.eventSourceMappingId,
      MatchDeadLettersUrl: matchDeadLetters.queueUrl,
      PicturesDeadLettersUrl: picturesDeadLetters.queueUrl,
      WebhookFunctionName: webhook.function.functionName,
      MatchFunctionName: match.function.functionName,
      TickFunctionName: tick.function.functionName,
      PicturesFunctionName: pictures.function.functionName,
      SetupFunctionName: setup.function.functionName,
      Recognition: recognition,
      TimeZone: timeZone,
      Asleep: String(asleep),
      ConcurrencyReserved: String(reserveConcurrency),
      PostsArrivals: postsArrivals ? 'true' : undefined,
      BudgetDollars: budget && String(budget.dollars),
      BudgetMail: budget?.mail,
    });
  }
}
