import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { IAMClient } from '@aws-sdk/client-iam';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createPatientApi } from '../../../../bot/webhook.ts';
import { createCustomResource } from '../../../../lambdas/setup/custom-resource.ts';
import { createSetup } from '../../../../lambdas/setup.ts';
import { minute } from '../../../../party/clock.ts';
import { readConfig } from '../../../../party/config.ts';
import type { Log } from '../../../../party/log.ts';
import { createServices } from '../../../../party/services.ts';
import { Setups } from '../../../../party/stores/setups.ts';
import { emptyFolder } from '../../folder.ts';
import type { HouseSurroundings } from './house-handlers.ts';

/** The house's own setup, with AWS as this process's environment has it, and one carol that is soon uploaded. */
export async function houseSetup(apiRoot: string, log: Log): Promise<HouseSurroundings['setup']> {
  const file = path.join(await emptyFolder(), 'jingle-bells-0123456789.mp3');
  await writeFile(file, 'a carol');
  const carol = { id: 'jingle-bells', title: 'Jingle Bells', performer: 'Musical Joy' };
  const recording = { carol, path: file, seconds: 55, contentType: 'audio/mpeg', fileName: 'jb.mp3' };
  return (variables) => {
    const build = async () => {
      const { table, songs, storage } = createServices(readConfig({ ...process.env, ...variables }), { log });
      const patience = { settingUp: minute, calls: minute, processor: minute };
      return {
        ...{ log, table, songs, storage, patience },
        setups: new Setups(table),
        carols: async () => [recording],
        secrets: new SecretsManagerClient(),
        rekognition: new RekognitionClient(),
        s3: new S3Client(),
        iam: new IAMClient(),
        api: (token: string) => createPatientApi(token, apiRoot),
      };
    };
    return createCustomResource(createSetup(build), log);
  };
}
