/** Reports a run in plain lines: each test with its time, each failure in full, and `N passed, N failed` as the last. */
import type { FullConfig, Reporter, Suite, TestCase, TestError, TestResult } from 'playwright/types/testReporter';

// Colour codes stand in the messages of failed assertions; a log file has no use for them.
const colourCode = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

function plain(text: string): string {
  return process.stdout.isTTY ? text : text.replace(colourCode, '');
}

function print(text: string): void {
  process.stdout.write(`${plain(text)}\n`);
}

function formatDuration(elapsedMs: number): string {
  return elapsedMs < 1000 ? `${Math.round(elapsedMs)} ms` : `${(elapsedMs / 1000).toFixed(1)} s`;
}

function titleOf(test: TestCase): string {
  return test.titlePath().filter(Boolean).join(' › ');
}

function formatError(error: TestError): string {
  const text = error.stack ?? error.message ?? error.value ?? 'An error without a message.';
  return error.snippet === undefined ? text : `${text}\n\n${error.snippet}`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}

/** The line everything ends with. */
export function formatTotals(passed: number, failed: number, skipped: number): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Playwright's reporter of this project, named in playwright.config.ts. */
export default class PlainReporter implements Reporter {
  private suite: Suite | undefined;
  private readonly strayErrors: TestError[] = [];

  printsToStdio(): boolean {
    return true;
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.suite = suite;
    print(`Running ${suite.allTests().length} tests.`);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const isAsPlanned = result.status === test.expectedStatus;
    const verdict = result.status === 'skipped' ? 'skipped' : isAsPlanned ? 'passed' : 'FAILED';
    print(`${verdict}  ${titleOf(test)}  ${formatDuration(result.duration)}`);
  }

  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(plain(String(chunk)));
  }

  onStdErr(chunk: string | Buffer): void {
    process.stderr.write(plain(String(chunk)));
  }

  /** An error outside every test: a file that does not compile, a server that does not start. */
  onError(error: TestError): void {
    this.strayErrors.push(error);
  }

  /** Called when everything else has been written, so that the totals are the last line. */
  onExit(): Promise<void> {
    const tests = this.suite?.allTests() ?? [];
    const failed = tests.filter((test) => test.outcome() === 'unexpected');
    const skipped = tests.filter((test) => test.outcome() === 'skipped').length;
    for (const test of failed) this.printFailure(test);
    for (const error of this.strayErrors) print(`\nFAILED  outside the tests\n${indent(formatError(error))}`);
    const passed = tests.length - failed.length - skipped;
    print(`\n${formatTotals(passed, failed.length + this.strayErrors.length, skipped)}`);
    return Promise.resolve();
  }

  private printFailure(test: TestCase): void {
    print(`\nFAILED  ${titleOf(test)}\n        ${test.location.file}:${test.location.line}`);
    for (const result of test.results) {
      for (const error of result.errors) print(indent(formatError(error)));
      for (const { name, path } of result.attachments) if (path) print(indent(`${name}: ${path}`));
    }
  }
}
