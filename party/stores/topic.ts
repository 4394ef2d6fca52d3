import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Arrival } from '../arrivals/arrivals.ts';
import type { ClientOptions } from './call-timeout.ts';

/** The topic of arrivals, by an SDK client that finds Region, credentials and endpoint itself. */
export const createTopic = (arn: string, options: ClientOptions): Topic =>
  new Topic(new SNSClient(options), arn);

/** The SNS topic on which each arrival is told to whatever else listens: mail, SMS, programs. */
export class Topic {
  readonly #client: SNSClient;
  readonly #arn: string;

  constructor(client: SNSClient, arn: string) {
    this.#client = client;
    this.#arn = arn;
  }

  /**
   * Text for people (mail, SMS), JSON for programs (queues, functions, HTTP): `{type: "arrival", party, guest:
   * {id, name}, time (ISO), similarity, song?: {title, performer?}}`.
   */
  async publish(arrival: Arrival, song?: { title: string; performer?: string }): Promise<void> {
    const json = JSON.stringify({
      type: 'arrival',
      party: arrival.partyId,
      guest: { id: arrival.guestId, name: arrival.name },
      time: new Date(arrival.time).toISOString(),
      similarity: arrival.similarity,
      ...(song && { song: { title: song.title, ...(song.performer && { performer: song.performer }) } }),
    });
    const text = `${arrival.name} has arrived.`;
    await this.#client.send(
      new PublishCommand({
        TopicArn: this.#arn,
        // SNS takes printable ASCII only in a subject, at most 100 characters: names go into the text.
        Subject: 'A guest has arrived',
        MessageStructure: 'json',
        Message: JSON.stringify({ default: text, sqs: json, lambda: json, http: json, https: json }),
        MessageAttributes: { type: { DataType: 'String', StringValue: 'arrival' } },
      }),
    );
  }
}
