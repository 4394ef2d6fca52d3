import { type Limits, tooLittle } from '../account/limits.ts';
import { isWhole } from '../stack/state.ts';
import { doctorText, span } from './doctor.text.ts';
import { type Check, well, wrong } from './finding.ts';

const { parts, clock: clockText, limits: limitsText, stack } = doctorText;

/** AWS refuses what is signed more than five minutes off, and S3 what is fifteen; this is well before. */
const clockOff = 30_000;

/** This computer's clock against AWS's. @param offset its own less AWS's, milliseconds; undefined if AWS did not say */
export function checkClock(offset: () => Promise<number | undefined>): Check {
  return {
    part: parts.clock,
    async look() {
      const off = await offset();
      if (off === undefined) return well(clockText.unknown);
      const says = clockText.well(span(Math.abs(off)));
      return Math.abs(off) > clockOff ? wrong(says, clockText.set) : well(says);
    },
  };
}

/** What the account may have. The house has its shard already. */
export function checkLimits(read: () => Promise<Limits>): Check {
  return {
    part: parts.limits,
    async look() {
      const limits = await read();
      const [problem] = tooLittle(limits, true);
      const [says, todo = ''] = problem?.split(/(?<=\.) /, 2) ?? [];
      if (says !== undefined) return wrong(says, todo);
      return well(limitsText.well(limits.unreserved, `${limits.openShards} of ${limits.shards}`));
    },
  };
}

/** CloudFormation's word on the stack. */
export function checkStack(status: string): Check {
  return {
    part: parts.stack,
    look: async () => (isWhole(status) ? well(stack.well(status)) : wrong(stack.wrong(status), stack.deploy)),
  };
}
