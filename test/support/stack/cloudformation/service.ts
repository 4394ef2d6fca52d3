import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../../../../local/aws/protocol/aws-error.ts';
import { isQuery, queryAnswer, queryError } from '../../../../local/aws/protocol/query-answer.ts';
import type { Service } from '../../../../local/aws/service.ts';
import { signedFor } from '../../../../local/aws/signature.ts';
import type { XmlValue } from '../../../../local/aws/xml.ts';
import type { Template } from '../template.ts';
import type { StackModel } from './stack.ts';

const namespace = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/** What is asked, by its parameters; a stack by its name or its ARN. */
type Form = URLSearchParams;
type Answer = Readonly<Record<string, XmlValue>>;

/** What the service needs round it. */
export interface CloudFormationOptions {
  /** A stack that has nothing in it yet. */
  readonly open: (name: string) => StackModel;
  /** Reads a template from where `TemplateURL` says that it is. */
  readonly read: (url: string) => Promise<Template>;
}

/** CloudFormation's API over stacks as the model has them: as much of it as the CDK's toolkit and the commands ask. */
export class CloudFormationModel {
  readonly service: Service;
  /** Newest last; a name may be had anew when its stack is deleted. */
  readonly stacks: StackModel[] = [];
  /** What was begun last, to its end. */
  working: Promise<unknown> = Promise.resolve();
  readonly #changeSets = new Map<string, Template>();
  readonly #options: CloudFormationOptions;

  constructor(options: CloudFormationOptions) {
    this.#options = options;
    this.service = {
      name: 'CloudFormation',
      signingName: 'cloudformation',
      accepts: (request) => isQuery(request) && signedFor(request) === 'cloudformation',
      answer: async ({ body }) => {
        const form = new URLSearchParams(body.toString());
        const action = form.get('Action') ?? '';
        const answer = this.#actions[action];
        if (!answer) throw new AwsError('InvalidAction', `CloudFormation ${action} is not available here.`);
        return queryAnswer(action, await answer(form), namespace);
      },
      refuse: (error) => queryError(error, namespace),
    };
  }

  /** The stack of a name that there is. */
  stack(name: string): StackModel | undefined {
    return this.stacks.find((stack) => stack.name === name && stack.status !== 'DELETE_COMPLETE');
  }

  readonly #actions: Readonly<Record<string, (form: Form) => Answer | Promise<Answer>>> = {
    DescribeStacks: (form) => ({ Stacks: { member: [described(this.#known(form))] } }),
    ListStacks: (form) => {
      const wanted = [...form].flatMap(([name, value]) => (/^StackStatusFilter/.test(name) ? [value] : []));
      const found = this.stacks.filter(({ status }) => wanted.length === 0 || wanted.includes(status));
      return { StackSummaries: { member: found.toReversed().map(described) } };
    },
    DescribeStackEvents: (form) => {
      const stack = this.#known(form);
      // By what is known already: meanwhile there may be more, and they come newest first.
      const end = Number(form.get('NextToken') ?? stack.events.length);
      const page = stack.events.slice(Math.max(0, end - eventsOnPage), end).reverse();
      return {
        StackEvents: { member: page.map((event) => eventOf(stack, event)) },
        ...(end > eventsOnPage && { NextToken: String(end - eventsOnPage) }),
      };
    },
    ListStackResources: (form) => ({ StackResourceSummaries: { member: resourcesOf(this.#known(form)) } }),
    DescribeStackResources: (form) => ({ StackResources: { member: resourcesOf(this.#known(form)) } }),
    GetTemplate: (form) => ({ TemplateBody: JSON.stringify(this.#known(form).template) }),
    CreateChangeSet: async (form) => {
      const template = await this.#options.read(form.get('TemplateURL') ?? '');
      const name = form.get('StackName') ?? '';
      const there = this.stack(name);
      if (there && !/^REVIEW_IN|^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(there.status))
        throw invalid(`Stack:${there.stackId} is in ${there.status} state and can not be updated.`);
      const stack = there ?? this.#options.open(name);
      if (!there) this.stacks.push(stack);
      this.#changeSets.set(stack.stackId, template);
      return { Id: changeSetOf(stack), StackId: stack.stackId };
    },
    DescribeChangeSet: (form) => {
      const stack = this.#known(form);
      const template = this.#changeSets.get(stack.stackId);
      if (!template) throw new AwsError('ChangeSetNotFound', 'ChangeSet does not exist', 404);
      const same = isDeepStrictEqual(template, stack.template);
      return {
        ChangeSetName: 'cdk-deploy-change-set',
        ChangeSetId: changeSetOf(stack),
        StackId: stack.stackId,
        StackName: stack.name,
        CreationTime: new Date().toISOString(),
        ...(same
          ? { Status: 'FAILED', StatusReason: "The submitted information didn't contain changes." }
          : { Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' }),
        Changes: { member: same ? [] : [{ Type: 'Resource' }] },
      };
    },
    DeleteChangeSet: (form) => {
      const stack = this.#find(form);
      if (stack) this.#changeSets.delete(stack.stackId);
      return {};
    },
    ExecuteChangeSet: (form) => {
      const stack = this.#known(form);
      const template = this.#changeSets.get(stack.stackId);
      if (!template) throw new AwsError('ChangeSetNotFound', 'ChangeSet does not exist', 404);
      this.#changeSets.delete(stack.stackId);
      this.#begin(stack.status === 'REVIEW_IN_PROGRESS' ? stack.create(template) : stack.update(template));
      return {};
    },
    DeleteStack: (form) => {
      const stack = this.#find(form);
      const force = form.get('DeletionMode') === 'FORCE_DELETE_STACK';
      if (force && stack?.status !== 'DELETE_FAILED')
        throw invalid('FORCE_DELETE_STACK is for stacks in the DELETE_FAILED state.');
      if (stack && stack.status !== 'DELETE_COMPLETE') this.#begin(stack.delete(force));
      return {};
    },
    ContinueUpdateRollback: (form) => {
      const stack = this.#known(form);
      if (stack.status !== 'UPDATE_ROLLBACK_FAILED')
        throw invalid(`Stack [${stack.name}] is in ${stack.status} state, its rollback cannot be continued.`);
      this.#begin(stack.continueRollback());
      return {};
    },
  };

  #begin(work: Promise<void>): void {
    this.working = work;
  }

  #find(form: Form): StackModel | undefined {
    const wanted = form.get('StackName') ?? '';
    return this.stacks.find(({ stackId }) => stackId === wanted) ?? this.stack(wanted);
  }

  #known(form: Form): StackModel {
    const stack = this.#find(form);
    if (!stack) throw invalid(`Stack with id ${form.get('StackName')} does not exist`);
    return stack;
  }
}

/** As many as CloudFormation's own pages have. */
const eventsOnPage = 100;

const invalid = (message: string): AwsError => new AwsError('ValidationError', message);

const changeSetOf = ({ stackId }: StackModel): string =>
  `${stackId.replace(':stack/', ':changeSet/cdk-deploy-change-set-')}`;

const described = (stack: StackModel): XmlValue => ({
  StackId: stack.stackId,
  StackName: stack.name,
  CreationTime: (stack.events[0]?.time ?? new Date()).toISOString(),
  StackStatus: stack.status,
  Outputs: {
    member: Object.entries(stack.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
  },
});

const eventOf = (
  stack: StackModel,
  { id, time, logicalId, physicalId, type, status, reason }: StackModel['events'][number],
): XmlValue => ({
  EventId: id,
  StackId: stack.stackId,
  StackName: stack.name,
  LogicalResourceId: logicalId,
  ...(physicalId !== undefined && { PhysicalResourceId: physicalId }),
  ResourceType: type,
  Timestamp: time.toISOString(),
  ResourceStatus: status,
  ...(reason !== undefined && { ResourceStatusReason: reason }),
});

const resourcesOf = (stack: StackModel): XmlValue[] =>
  [...stack.resources.values()].map(({ id, type, made }) => ({
    LogicalResourceId: id,
    PhysicalResourceId: made.ref,
    ResourceType: type,
    LastUpdatedTimestamp: new Date().toISOString(),
    ResourceStatus: 'CREATE_COMPLETE',
  }));
