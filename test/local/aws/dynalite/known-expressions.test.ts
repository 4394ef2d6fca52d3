import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { type Parser, rememberExpressions } from '../../../../local/aws/dynalite/known-expressions.ts';

const load = createRequire(import.meta.url);
const parsers = {
  condition: load('dynalite/db/conditionParser') as Parser,
  update: load('dynalite/db/updateParser') as Parser,
};

type Kind = keyof typeof parsers;

/** A parser of each kind that remembers, and counts what it reads all the same. */
function remembering(kind: Kind) {
  const { parse } = parsers[kind];
  const reads: string[] = [];
  const parser: Parser = {
    parse(expression, options) {
      reads.push(expression);
      return parse(expression, options);
    },
  };
  rememberExpressions(parser);
  return { parser, reads, plain: { parse } };
}

/** What is asked, as dynalite hands it to its parsers. */
interface Asked {
  readonly names?: Record<string, string>;
  readonly values?: Record<string, Record<string, unknown>>;
  readonly isKeyCondition?: boolean;
}

/** What comes of an expression: the outcome or the error, and what was not used. */
function outcome(parser: Parser, expression: string, { names, values, isKeyCondition }: Asked) {
  const all = (of: object = {}) => Object.fromEntries(Object.keys(of).map((name) => [name, true as const]));
  const context = {
    ...(names && { attrNames: names }),
    ...(values && { attrVals: values }),
    ...(isKeyCondition && { isKeyCondition }),
    unusedAttrNames: all(names),
    unusedAttrVals: all(values),
    isReserved: (name: string) => name.toLowerCase() === 'name',
    compare: (_: string, one: { N: string }, other: { N: string }) => Number(one.N) > Number(other.N),
  };
  const { unusedAttrNames, unusedAttrVals } = context;
  try {
    return { result: parser.parse(expression, { context }), unusedAttrNames, unusedAttrVals };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

const names = { '#n': 'name', '#left': 'left over' };
const text = (S: string) => ({ ':v': { S }, ':left': { N: '1' } });
const cases: ReadonlyArray<[Kind, string, ...Asked[]]> = [
  ['condition', 'attribute_not_exists(pk)', {}, {}],
  [
    'condition',
    '#n = :v AND (size(songs) > :left OR NOT begins_with(sk, :v))',
    { names, values: text('Anna') },
  ],
  ['condition', 'pk = :v AND begins_with(sk, :v)', { values: text('a') }, { values: text('b') }],
  ['condition', 'pk = :v', { values: text('a'), isKeyCondition: true }, { values: text('a') }],
  // One name stands for something else, and a value has another type.
  ['condition', '#n = :v', { names, values: text('a') }, { names: { '#n': 'other' }, values: text('a') }],
  ['condition', 'begins_with(sk, :v)', { values: text('a') }, { values: { ':v': { N: '1' } } }],
  [
    'condition',
    'size(:v) > :left',
    { values: text('a') },
    { values: { ...text('a'), ':v': { BOOL: true } } },
  ],
  // What is right depends on the values.
  [
    'condition',
    'age BETWEEN :low AND :high',
    { values: { ':low': { N: '1' }, ':high': { N: '2' } } },
    { values: { ':low': { N: '3' }, ':high': { N: '2' } } },
  ],
  ['condition', 'attribute_type(pk, :v)', { values: text('S') }, { values: text('none such') }],
  ['condition', 'name = :v', { values: text('a') }, { values: text('a') }],
  ['condition', 'pk = :none', { values: text('a') }, { values: { ':none': { S: 'it is there now' } } }],
  ['condition', 'pk = ', {}, {}],
  ['update', 'SET #n = if_not_exists(#n, :v), songs[0].id = :v REMOVE sk', { names, values: text('Anna') }],
  ['update', 'SET played = played + :left ADD seen :left', { values: text('a') }, { values: text('b') }],
  ['update', 'ADD seen :v', { values: { ':v': { N: '1' } } }, { values: { ':v': { S: 'a' } } }],
  ['update', 'SET pk = :v, pk = :v', { values: text('a') }, { values: text('a') }],
];

for (const [kind, expression, ...asked] of cases) {
  test(`remembered or not, the same comes of ${kind}: ${expression}`, () => {
    const { parser, plain } = remembering(kind);
    for (const each of [...asked, ...asked])
      assert.deepEqual(outcome(parser, expression, each), outcome(plain, expression, each));
  });
}

test('an expression is read once, whatever values it is asked with', () => {
  const { parser, reads, plain } = remembering('condition');
  for (const value of ['a', 'b', 'c']) {
    const asked: Asked = { values: text(value) };
    assert.deepEqual(outcome(parser, 'pk = :v', asked), outcome(plain, 'pk = :v', asked));
  }
  assert.deepEqual(reads, ['pk = :v']);
});

test('what somebody does to an outcome is not in the next', () => {
  const { parser, plain } = remembering('update');
  const asked: Asked = { values: text('a') };
  const { result } = outcome(parser, 'SET sk = :v', asked);
  (result as { sections: unknown[] }).sections.length = 0;
  assert.deepEqual(outcome(parser, 'SET sk = :v', asked), outcome(plain, 'SET sk = :v', asked));
});
