// @ts-check
/**
 * A reporter of node's test runner: a line of JSON for each test and suite that ended, `{ file, test, passed }`. What was skipped or is to do has not passed.
 * @param {AsyncIterable<{ type: string, data: { file?: string, name: string, skip?: unknown, todo?: unknown, details?: { type?: string } } }>} source
 */
export default async function* byFile(source) {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const passed = type === 'test:pass' && data.skip === undefined && data.todo === undefined;
    yield `${JSON.stringify({ file: data.file ?? data.name, test: data.details?.type !== 'suite', passed })}\n`;
  }
}
