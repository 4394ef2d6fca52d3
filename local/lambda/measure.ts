/**
 * What Lambda measures of a function, by the names that CloudWatch has for it ("Types of metrics for Lambda
 * functions").
 */
export type LambdaMetric =
  /** Invocations that failed: the handler threw, or its time was up. An answer that says 500 is none. */
  | 'Errors'
  /** Invocations that were refused, because as many run as may. */
  | 'Throttles'
  /** Requests that its URL answered with 4xx, or 5xx, whoever said so. */
  | 'Url4xxCount'
  | 'Url5xxCount'
  /** How old the last record of a batch was when the function was given it, in milliseconds. */
  | 'IteratorAge';

/** Told each measurement, as it happens. */
export type Measure = (functionName: string, metric: LambdaMetric, value: number) => void;

/** For whoever measures nothing. */
export const unmeasured: Measure = () => {};
