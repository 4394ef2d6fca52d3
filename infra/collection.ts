import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnCollection } from 'aws-cdk-lib/aws-rekognition';
import { Construct } from 'constructs';
import { nameInStack } from './naming.ts';

/** Rekognition's collection of the faces that are known. It goes with the house, and the faces with it. */
export class FaceCollection extends Construct {
  readonly collectionId: string;
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const collection = new CfnCollection(this, 'Collection', { collectionId: nameInStack(this, 'faces') });
    collection.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.collectionId = collection.ref;
    this.arn = collection.attrArn;
  }
}
