import { ArnFormat, type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type Conditions, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { botSecretName } from '../bot-secret.ts';
import { nameInStack } from '../naming.ts';
import type { Beside } from './build.ts';
import { lambdaCode } from './code.ts';
import { metricsNamespace } from './environment.ts';

/** What one Lambda differs in from the others. */
export interface PartyFunctionProps {
  /** The file's name in lambdas/, and the function's within the stack. */
  readonly name: 'webhook' | 'match' | 'tick' | 'pictures' | 'door' | 'setup';
  readonly description: string;
  readonly timeout: Duration;
  /** MB; a vCPU comes with 1,769 of them, and a part of one with less. */
  readonly memorySize: number;
  /** How many may run at once, and always can; without it, what the account has left. */
  readonly reservedConcurrency?: number | undefined;
  /** What party/config.ts reads. */
  readonly environment: Readonly<Record<string, string>>;
  /** What lies beside its bundle, which then is one file. */
  readonly beside?: Beside;
  /** Whether it speaks to Telegram, or hears from it; true if not said. */
  readonly readsBotSecret?: boolean;
}

/**
 * A Lambda of the house: its function, a log group that forgets, and a role that may do what is said here and
 * nothing else. No managed policy: AWS's own for logs is for every log group of the account.
 */
export class PartyFunction extends Construct {
  readonly name: string;
  readonly function: LambdaFunction;
  readonly #role: Role;

  constructor(scope: Construct, id: string, props: PartyFunctionProps) {
    super(scope, id);
    this.name = props.name;
    const functionName = nameInStack(this, props.name);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#role = new Role(this, 'Role', {
      description: `${props.name}: ${props.description}`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    this.may(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    if (props.readsBotSecret ?? true) this.may(['secretsmanager:GetSecretValue'], [botSecretArn(this)]);
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      description: props.description,
      code: lambdaCode(props),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: props.timeout,
      memorySize: props.memorySize,
      role: this.#role,
      ...(props.reservedConcurrency && { reservedConcurrentExecutions: props.reservedConcurrency }),
      logGroup,
      loggingFormat: LoggingFormat.TEXT,
      environment: {
        ...props.environment,
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespace(this),
        NODE_OPTIONS: '--enable-source-maps',
      },
    });
  }

  /** Lets the function do something to something. */
  may(actions: string[], resources: string[], conditions?: Conditions): void {
    this.#role.addToPolicy(new PolicyStatement({ actions, resources, ...(conditions && { conditions }) }));
  }
}

/** A secret's ARN ends in six characters of its own. */
const botSecretArn = (scope: Construct): string =>
  Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    resourceName: `${botSecretName(scope)}-??????`,
  });
