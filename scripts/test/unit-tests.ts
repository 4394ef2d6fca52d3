/**
 * The process of the unit tests: `unit-tests.ts <test file…>`. One process for all of them, for starting one takes longer
 * than most of their tests.
 */
import './unit-guard.ts';
import './together.ts';
