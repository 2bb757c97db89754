// @ts-check
// Makes openapi.json from the code of the manager, and src/generated/schema.ts from that. `--check` writes nothing and fails when either has drifted.
// The manager must have been built; no database is needed.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const cli = fileURLToPath(new URL('../../../apps/api/dist/cli.js', import.meta.url));
const documentFile = new URL('../openapi.json', import.meta.url);
const typesFile = new URL('../src/generated/schema.ts', import.meta.url);

if (!existsSync(cli)) {
  process.stderr.write('apps/api has not been built: run npm run build -w @nailup/api first.\n');
  process.exit(1);
}
const document = execFileSync(process.execPath, [cli, 'openapi'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
const types = `// Made from openapi.json by npm run generate. Do not edit.\n${astToString(await openapiTS(JSON.parse(document)))}`;
const wanted = [[documentFile, document], [typesFile, types]];

if (process.argv.includes('--check')) {
  const drifted = wanted.filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text).map(([file]) => fileURLToPath(file));
  if (drifted.length > 0) {
    process.stderr.write(`The code of the manager and the committed contract differ: ${drifted.join(', ')}.\nRun npm run generate -w @nailup/api-client and commit.\n`);
    process.exit(1);
  }
} else {
  for (const [file, text] of wanted) writeFileSync(file, text);
  process.stdout.write(`${Object.keys(JSON.parse(document).paths).length} paths written.\n`);
}
