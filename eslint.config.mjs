import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** The arrows of ARCHITECTURE.md that a reader of one file can break; dependency-cruiser keeps the ones between folders. */
const refuse = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns: patterns.map(([group, message]) => ({ group, message })) }],
});

export default tseslint.config(
  { ignores: ['**/dist/**', '**/generated/**', '.nailup/**', '.nx/**', '**/*.cjs', 'libs/api-client/src/schema.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'no-console': 'error',
      eqeqeq: ['error', 'smart'],
    },
  },
  // Nest reads constructor types at run time: a type-only import would inject undefined.
  { files: ['apps/api/**/*.ts'], rules: { '@typescript-eslint/consistent-type-imports': 'off' } },
  {
    files: ['apps/api/src/**/*.ts'],
    // The two starters hand the environment to config/ and read nothing of it themselves.
    ignores: ['apps/api/src/config/**', 'apps/api/src/main.ts', 'apps/api/src/cli.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Configuration is read once, in config/, where every fault is named at start.' },
      ],
    },
  },
  {
    files: ['libs/domain/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex: '^[^.]', message: 'The rules are pure: libs/domain imports nothing.' }] }],
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: 'Time is handed in.' },
        { name: 'setTimeout', message: 'Time is handed in.' },
        { name: 'process', message: 'The rules know no machine.' },
      ],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Chance is handed in.' }],
    },
  },
  {
    files: ['libs/phone/src/**/*.ts'],
    rules: refuse([['react', 'react-dom', '@mui/*'], 'The line is headless: the softphone and the supervisor put their own face on it.']),
  },
  {
    files: ['apps/**/*.{ts,tsx}', 'libs/web/**/*.{ts,tsx}', 'libs/api-client/**/*.ts'],
    rules: refuse(
      [['sip.js', 'sip.js/*'], 'Only libs/phone speaks SIP: everything else asks it.'],
    ),
  },
  {
    files: ['apps/softphone/**/*.{ts,tsx}', 'apps/admin/**/*.{ts,tsx}', 'libs/web/**/*.{ts,tsx}', 'libs/phone/**/*.ts'],
    languageOptions: { globals: globals.browser },
    plugins: { 'react-hooks': hooks },
    rules: { ...hooks.configs.recommended.rules },
  },
  { files: ['tools/**/*.mjs', 'e2e/**/*.{ts,mjs}', '*.mjs', 'apps/*/*.mjs'], languageOptions: { globals: { ...globals.node } }, rules: { 'no-console': 'off' } },
  { files: ['e2e/**/*.ts'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
);
