import { cpSync } from 'node:fs';
import path from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildLambda, type LambdaSource } from './build.ts';
import { builtOnce } from './built-once.ts';
import { root } from './bundling.ts';
import { edition } from './edition.ts';

/**
 * The code of a Lambda, built when the app is synthesized. What was built once of the same sources is not built again:
 * whoever puts the house to sleep and wakes it changes no code. It is kept where LAMBDA_CACHE says, by default among
 * the caches of node_modules.
 */
export function lambdaCode(lambda: LambdaSource): Code {
  return Code.fromAsset(root, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      local: {
        tryBundle(outdir) {
          const cache =
            process.env.LAMBDA_CACHE ?? path.join(root, 'node_modules/.cache/musical-joy/lambdas');
          const name = `${lambda.name}-${edition(root)}`;
          const built = builtOnce(cache, name, (folder) => buildLambda(lambda, folder));
          cpSync(built, outdir, { recursive: true });
          return true;
        },
      },
      // Never run, for the local bundling never fails over to it. The command tells one Lambda's code from another's.
      image: DockerImage.fromRegistry('not-used'),
      command: [lambda.name],
    },
  });
}
