/** A CloudFormation template, as far as these tests read it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each type has properties of its own, CloudFormation's.
  readonly Properties?: any;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** What `Ref` and `Fn::GetAtt` give of a resource that was made. */
export interface Made {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The resources of a type, by logical id. */
export const ofType = ({ Resources }: Template, type: string): Array<readonly [string, Resource]> =>
  Object.entries(Resources).filter(([, resource]) => resource.Type === type);

/**
 * Puts values in the place of CloudFormation's functions: `Ref`, `Fn::GetAtt`, `Fn::Join`, `Fn::Sub`.
 *
 * @param made by logical id; pseudo parameters are among them, such as `AWS::Region`
 * @throws Error for a function or resource that is not known
 */
export function resolved(value: unknown, made: ReadonlyMap<string, Made>): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, made));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && name === 'Ref') return known(made, String(argument)).ref;
  if (entries.length === 1 && name.startsWith('Fn::')) return call(name, argument, made);
  return Object.fromEntries(entries.map(([key, one]) => [key, resolved(one, made)]));
}

function call(name: string, argument: unknown, made: ReadonlyMap<string, Made>): unknown {
  switch (name) {
    case 'Fn::GetAtt': {
      const [id = '', attribute = ''] = argument as string[];
      return attributeOf(made, id, attribute);
    }
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => resolved(part, made)).join(separator);
    }
    case 'Fn::Sub':
      return String(argument).replaceAll(
        /\$\{([^}.]+)(?:\.([^}]+))?\}/g,
        (_, id: string, attribute?: string) =>
          attribute ? attributeOf(made, id, attribute) : known(made, id).ref,
      );
    default:
      throw new Error(`${name} is not known here.`);
  }
}

function known(made: ReadonlyMap<string, Made>, id: string): Made {
  const one = made.get(id);
  if (!one) throw new Error(`${id} was not made.`);
  return one;
}

function attributeOf(made: ReadonlyMap<string, Made>, id: string, attribute: string): string {
  const value = known(made, id).attributes[attribute];
  if (value === undefined) throw new Error(`${id} has no ${attribute} here.`);
  return value;
}
